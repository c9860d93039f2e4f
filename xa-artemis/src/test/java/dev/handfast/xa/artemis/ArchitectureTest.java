package dev.handfast.xa.artemis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An adapter knows the core by its SPI alone. */
final class ArchitectureTest {
  private static final String SELF = "dev.handfast.xa.artemis..";

  private static JavaClasses adapter;

  @BeforeAll
  static void readTheAdapter() {
    adapter =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.handfast.xa.artemis");
  }

  @Test
  void importsOnlySpiRecoveryAndConfig() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(
                    resideInAnyPackage(
                        SELF,
                        "dev.handfast.xa.spi",
                        "dev.handfast.xa.recovery",
                        "dev.handfast.xa.config")))
        .allowEmptyShould(true)
        .check(adapter);
  }

  @Test
  void doesNotKnowTheTransactionManager() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.arjuna..")
        .allowEmptyShould(true)
        .check(adapter);
  }
}
