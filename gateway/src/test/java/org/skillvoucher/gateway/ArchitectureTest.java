package org.skillvoucher.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** The walls between the packages, which are the data's way. */
@AnalyzeClasses(
    packages = "org.skillvoucher.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String GATEWAY = "org.skillvoucher.gateway.";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.skillvoucher.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule httpNeverTouchesTheJournal =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GATEWAY + "journal..")
          .because("a reply speaks of what an actor or a read model says, never of rows")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule projectionNeverTouchesActors =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "projection..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GATEWAY + "entity..");

  @ArchTest
  static final ArchRule onlyTheRootJoinsHttpAndDevelopment =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.skillvoucher.gateway", GATEWAY + "http..", GATEWAY + "development..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + "http..", GATEWAY + "development..");

  @ArchTest
  static final ArchRule developmentStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "development..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY + "http..",
              GATEWAY + "security..",
              GATEWAY + "entity..",
              GATEWAY + "journal..",
              GATEWAY + "projection..");

  @ArchTest
  static final ArchRule bouncyCastleStaysWithTheKeys =
      noClasses()
          .that()
          .resideOutsideOfPackages(GATEWAY + "receipt..", GATEWAY + "security..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule businessTimeComesFromThePort =
      noClasses()
          .that()
          .resideInAnyPackage(GATEWAY + "entity..", GATEWAY + "http..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC");
}
