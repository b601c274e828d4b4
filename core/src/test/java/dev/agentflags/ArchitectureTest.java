package dev.agentflags;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What each package must not know, as the design's table says. */
@AnalyzeClasses(packages = "dev.agentflags", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SDK = "dev.openfeature..";
    private static final String JACKSON = "com.fasterxml..";
    private static final String LOGGING = "org.slf4j..";

    private static ArchRule unknownTo(String owner, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage("dev.agentflags." + owner)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    @ArchTest
    static final ArchRule MODEL_KNOWS_NOTHING_ELSE = classes()
            .that()
            .resideInAPackage("dev.agentflags.model")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.agentflags.model", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule DOCUMENT_KNOWS_ONLY_THE_MODEL = unknownTo(
            "document", "dev.agentflags.evaluation", "dev.agentflags.snapshot", "dev.agentflags.admin", SDK, LOGGING);

    @ArchTest
    static final ArchRule EVALUATION_IS_PURE = unknownTo(
            "evaluation",
            "dev.agentflags.document",
            SDK,
            JACKSON,
            LOGGING,
            "java.io..",
            "java.nio.file..",
            "java.net..");

    @ArchTest
    static final ArchRule EVALUATION_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("dev.agentflags.evaluation")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule GUARD_KNOWS_ONLY_THE_MODEL = classes()
            .that()
            .resideInAPackage("dev.agentflags.guard")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.agentflags.guard",
                    "dev.agentflags.model",
                    "java.lang..",
                    "java.time",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule FORECAST_KNOWS_ONLY_THE_GUARD = classes()
            .that()
            .resideInAPackage("dev.agentflags.forecast")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.agentflags.forecast", "dev.agentflags.guard", "java.lang..", "java.util..", "org.jspecify..");

    @ArchTest
    static final ArchRule GUARD_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("dev.agentflags.guard")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class);

    @ArchTest
    static final ArchRule SOURCE_IS_ONLY_AN_INTERFACE = unknownTo("source", "dev.agentflags.evaluation", SDK, JACKSON);

    @ArchTest
    static final ArchRule SNAPSHOT_DOES_NOT_KNOW_THE_SDK = unknownTo("snapshot", SDK, JACKSON);

    @ArchTest
    static final ArchRule ADMIN_DOES_NOT_KNOW_THE_SDK = unknownTo("admin", SDK, JACKSON, "dev.agentflags.evaluation");

    @ArchTest
    static final ArchRule ONLY_DOCUMENT_KNOWS_JACKSON = noClasses()
            .that()
            .resideOutsideOfPackage("dev.agentflags.document")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JACKSON);

    @ArchTest
    static final ArchRule ONLY_THE_PROVIDER_AND_ITS_CONFIGURATION_KNOW_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackages("dev.agentflags.openfeature", "dev.agentflags.config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SDK);

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NO_KIND_OF_PROVIDER =
            unknownTo("config", "dev.agentflags.openfeature", "dev.agentflags.file..", "dev.agentflags.remote..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.agentflags.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_STATIC_STATE =
            noFields().that().areStatic().should().notBeFinal();

    @ArchTest
    static final ArchRule PUBLIC_API_SHOWS_NO_JACKSON = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(resideInAPackage(JACKSON))
            .orShould()
            .haveRawParameterTypes(anyElementThat(resideInAPackage(JACKSON)));
}
