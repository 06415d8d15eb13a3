package org.skillvoucher.domain;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The domain is rules alone: pure functions of state and command. */
@AnalyzeClasses(
    packages = "org.skillvoucher.domain",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class DomainArchitectureTest {
  /** Readers over texts in memory, and the exceptions their signatures carry. */
  private static final Set<String> IN_MEMORY =
      Set.of(
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.IOException",
          "java.io.Reader",
          "java.io.Serializable",
          "java.io.StringReader",
          "java.io.UncheckedIOException");

  private static final Set<String> IMPURE =
      Set.of(
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer");

  @ArchTest
  static final ArchRule itKnowsTheJdkAndJspecifyAndItself =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify..", "org.skillvoucher.domain.."));

  @ArchTest
  static final ArchRule noPackageDependsOnItselfByWayOfAnother =
      slices().matching("org.skillvoucher.domain.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule itReadsNothingAndWritesNothing =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.sql..",
                      "java.util.concurrent..",
                      "java.util.logging..",
                      "java.util.random..")
                  .or(
                      resideInAnyPackage("java.io..")
                          .and(
                              describe(
                                  "not in memory",
                                  (JavaClass type) -> !IN_MEMORY.contains(type.getName())))));

  @ArchTest
  static final ArchRule itHasNoClockNoDiceAndNoThreads =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe("are impure", (JavaClass type) -> IMPURE.contains(type.getName())));

  @ArchTest
  static final ArchRule itNeverAsksWhatTimeItIs =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "reads the clock, a random number or the machine",
                  (JavaCall<?> call) -> isImpure(call.getTarget())));

  private static boolean isImpure(AccessTarget.CodeUnitCallTarget target) {
    String owner = target.getOwner().getName();
    return switch (target.getName()) {
      case "now" -> owner.startsWith("java.time.");
      case "random", "randomUUID" -> owner.startsWith("java.");
      default -> owner.equals("java.lang.System") && !target.getName().equals("arraycopy");
    };
  }
}
