package dev.agentflags.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.agentflags", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knows_openfeature_and_the_jdk_only = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl",
                    "org.jspecify..",
                    "org.slf4j",
                    "dev.openfeature.sdk",
                    "dev.agentflags.agent..");

    @ArchTest
    static final ArchRule has_no_cycles =
            slices().matching("dev.agentflags.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_below_do_not_know_those_above = noClasses()
            .that()
            .resideInAnyPackage("..context", "..config", "..conversation", "..outcome")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.agentflags.agent");

    @ArchTest
    static final ArchRule values_know_nothing_of_clients = noClasses()
            .that()
            .resideInAnyPackage("..config", "..conversation", "..outcome")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("Client");

    @ArchTest
    static final ArchRule nothing_hangs_on_a_thread = noFields().should().haveRawType(ThreadLocal.class);

    @ArchTest
    static final ArchRule only_the_lane_logs = noClasses()
            .that()
            .doNotHaveSimpleName("OutcomeLane")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.slf4j");
}
