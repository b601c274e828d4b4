package dev.agentflags.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.agentflags.admin.DocumentStore;
import dev.agentflags.admin.FlagAdmin;
import dev.agentflags.server.access.Gate;
import dev.agentflags.server.access.Token;
import dev.agentflags.server.store.FlagStore;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/** What keeps the event loop from waiting, and secrets from being compared letter by letter. */
@AnalyzeClasses(packages = "dev.agentflags", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] LOOP = {"dev.agentflags.server.http", "dev.agentflags.server.stream"};

    @ArchTest
    static final ArchRule THE_EVENT_LOOP_TOUCHES_NO_STORE_AND_NO_FILE = noClasses()
            .that()
            .resideInAnyPackage(LOOP)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DocumentStore.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(FlagAdmin.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(FlagStore.class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "dev.agentflags.file..", "java.net.http.."));

    @ArchTest
    static final ArchRule THE_EVENT_LOOP_WAITS_FOR_NOTHING = noClasses()
            .that()
            .resideInAnyPackage(LOOP)
            .should()
            .callMethod(CompletableFuture.class, "get")
            .orShould()
            .callMethod(CompletableFuture.class, "join")
            .orShould()
            .callMethod(Future.class, "get")
            .orShould()
            .callMethod(io.vertx.core.Future.class, "await")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(CountDownLatch.class, "await")
            .orShould()
            .callMethod(Gate.class, "reload");

    @ArchTest
    static final ArchRule VERTX_STAYS_IN_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.agentflags.server", "dev.agentflags.server.http", "dev.agentflags.server.stream")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule METRICS_ARE_COUNTED_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.agentflags.server.metrics")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule SEVEN_SECRETS_ARE_COMPARED_IN_CONSTANT_TIME = noClasses()
            .that()
            .haveSimpleName("Token")
            .or()
            .haveSimpleName("Ticket")
            .should()
            .callMethod(String.class, "equals", Object.class)
            .orShould()
            .callMethod(String.class, "compareTo", String.class)
            .orShould()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Objects.class, "equals", Object.class, Object.class);

    @ArchTest
    static final ArchRule SEVEN_ONLY_A_TOKEN_AND_ITS_FILE_SEE_HASHES = noClasses()
            .that()
            .doNotHaveSimpleName("Token")
            .and()
            .doNotHaveSimpleName("Tokens")
            .should()
            .callMethod(Token.class, "sha256");

    @ArchTest
    static final ArchRule JSON_IS_LEFT_TO_THE_DOCUMENT = noClasses()
            .that()
            .resideInAPackage("dev.agentflags.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule STATE_KNOWS_NOBODY = classes()
            .that()
            .resideInAPackage("dev.agentflags.server.state")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.agentflags.server.state",
                    "dev.agentflags.document",
                    "dev.agentflags.model",
                    "dev.agentflags.snapshot",
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.agentflags.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_STATIC_STATE = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.agentflags.server..")
            .and()
            .areStatic()
            .should()
            .notBeFinal();
}
