package dev.agentflags.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.agentflags.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule json_is_left_to_the_document =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule where_flags_are_kept_is_known_in_one_place = noClasses()
            .that()
            .doNotHaveSimpleName("Session")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.agentflags.file..", "dev.agentflags.openfeature..", "dev.openfeature..");
}
