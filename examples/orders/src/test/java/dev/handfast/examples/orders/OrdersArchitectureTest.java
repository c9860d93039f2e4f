package dev.handfast.examples.orders;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example uses what a user may use, and the auditor none of it. */
final class OrdersArchitectureTest {

  private static final String SELF = "dev.handfast.examples.orders";

  private static JavaClasses example;

  @BeforeAll
  static void read() {
    example =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SELF);
  }

  @Test
  void usesThePublicApiOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(
                    resideInAnyPackage(
                        SELF + "..",
                        "dev.handfast.xa",
                        "dev.handfast.xa.recovery",
                        "dev.handfast.xa.config",
                        "dev.handfast.xa.spi",
                        "dev.handfast.xa.jdbc",
                        "dev.handfast.xa.artemis")))
        .check(example);
  }

  @Test
  void nobodyKnowsTheTransactionManager() {
    noClasses().should().dependOnClassesThat().resideInAPackage("com.arjuna..").check(example);
  }

  @Test
  void theAuditorKnowsNothingOfWhatBooked() {
    noClasses()
        .that()
        .resideInAnyPackage(SELF + ".audit", SELF + ".input", SELF + ".process")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.handfast.xa..", SELF, SELF + ".shipping", SELF + ".demo"))
        .check(example);
  }

  @Test
  void theApplicationsKnowNeitherSupervisorNorAuditor() {
    noClasses()
        .that()
        .resideInAnyPackage(SELF, SELF + ".shipping")
        .should()
        .dependOnClassesThat(resideInAnyPackage(SELF + ".demo", SELF + ".audit"))
        .check(example);
  }

  @Test
  void theApplicationsKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(SELF)
        .should()
        .dependOnClassesThat(resideInAnyPackage(SELF + ".shipping"))
        .check(example);
    noClasses()
        .that()
        .resideInAPackage(SELF + ".shipping")
        .should()
        .dependOnClassesThat(resideInAnyPackage(SELF))
        .check(example);
  }
}
