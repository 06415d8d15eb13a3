package org.skillvoucher.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** The allowed dependencies between the packages. */
@AnalyzeClasses(
    packages = "org.skillvoucher.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String GATEWAY = "org.skillvoucher.gateway.";

  /** The packages that compose the others: main, commands and the order of start. */
  private static final String[] COMPOSITION = {"org.skillvoucher.gateway", GATEWAY + "cli.."};

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("org.skillvoucher.gateway.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(resideInAPackage("org.skillvoucher.gateway"), alwaysTrue())
          .ignoreDependency(alwaysTrue(), resideInAPackage("org.skillvoucher.gateway"));

  @ArchTest
  static final ArchRule theHttpKernelKnowsNoResource =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY + "api..",
              GATEWAY + "roster..",
              GATEWAY + "sheet..",
              GATEWAY + "person..",
              GATEWAY + "device..",
              GATEWAY + "scan..",
              GATEWAY + "entity..",
              GATEWAY + "journal..",
              GATEWAY + "database..");

  @ArchTest
  static final ArchRule routesNeverTouchTheJournalOrTheDatabase =
      noClasses()
          .that()
          .resideInAnyPackage(GATEWAY + "api..", GATEWAY + "roster..", GATEWAY + "sheet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + "journal..", GATEWAY + "database..")
          .because("a reply reports what an actor or a read model answers, never rows")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule theReadSideNeverTouchesActors =
      noClasses()
          .that()
          .resideInAnyPackage(
              GATEWAY + "projection..",
              GATEWAY + "flag..",
              GATEWAY + "evidence..",
              GATEWAY + "audit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + "entity..", GATEWAY + "scan..", GATEWAY + "process..");

  /**
   * What a new capability may depend on: it has its own routes in {@code api}, and is itself built
   * on actors, the journal's feed, the database and the keys, never on HTTP or another capability's
   * routes.
   */
  @ArchTest
  static final ArchRule onlyFilesForPeopleAndTheCompositionKnowHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.skillvoucher.gateway",
              GATEWAY + "cli..",
              GATEWAY + "api..",
              GATEWAY + "http..",
              GATEWAY + "roster..",
              GATEWAY + "person..",
              GATEWAY + "sheet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY + "http..", GATEWAY + "api..");

  /** These three are packaged in a jar of their own, which production leaves out. */
  @ArchTest
  static final ArchRule theServiceRunsWithoutDevelopmentAndBenchmarks =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              GATEWAY + "cli.development..", GATEWAY + "development..", GATEWAY + "bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY + "cli.development..", GATEWAY + "development..", GATEWAY + "bench..");

  @ArchTest
  static final ArchRule nothingDependsOnTheComposition =
      noClasses()
          .that()
          .resideOutsideOfPackages(COMPOSITION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMPOSITION);

  @ArchTest
  static final ArchRule developmentIsIndependentOfTheService =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY + "development..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              GATEWAY + "api..",
              GATEWAY + "http..",
              GATEWAY + "security..",
              GATEWAY + "entity..",
              GATEWAY + "journal..",
              GATEWAY + "database..",
              GATEWAY + "projection..");

  @ArchTest
  static final ArchRule bouncyCastleStaysWithTheKeys =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              GATEWAY + "receipt..",
              GATEWAY + "security..",
              GATEWAY + "device..",
              GATEWAY + "person..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule businessTimeComesFromThePort =
      noClasses()
          .that()
          .resideInAnyPackage(
              GATEWAY + "entity..", GATEWAY + "scan..", GATEWAY + "http..", GATEWAY + "api..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC");
}
