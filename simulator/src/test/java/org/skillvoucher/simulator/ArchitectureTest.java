package org.skillvoucher.simulator;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(
    packages = "org.skillvoucher.simulator",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyThePackageOfKeysKnowsTheCipherLibrary =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("org.skillvoucher.simulator.keys")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule theGatewayIsKnownByHttpOnly =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.skillvoucher.gateway..");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      SlicesRuleDefinition.slices()
          .matching("org.skillvoucher.simulator.(*)..")
          .should()
          .beFreeOfCycles();
}
