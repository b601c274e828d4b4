package dev.agentflags.remote;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What each package must not know. */
@AnalyzeClasses(packages = "dev.agentflags.remote", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_OKHTTP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.agentflags.remote.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule FOLLOWING_DOES_NOT_KNOW_HTTP = noClasses()
            .that()
            .resideInAPackage("dev.agentflags.remote.follow")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.agentflags.remote.http", "dev.agentflags.remote", "dev.agentflags.openfeature");

    @ArchTest
    static final ArchRule THE_RULES_KNOW_NO_CLOCK = noClasses()
            .that()
            .haveSimpleName("Schedule")
            .or()
            .haveSimpleName("Backoff")
            .or()
            .haveSimpleName("Freshness")
            .or()
            .haveSimpleName("Follower")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule JSON_IS_READ_BY_THE_CORE =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.agentflags.remote.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_STATIC_STATE =
            noFields().that().areStatic().should().notBeFinal();
}
