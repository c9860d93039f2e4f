package dev.handfast.xa.transactional;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.handfast.xa.spi.MessageLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module uses the core as an application does, and Byte Buddy in one place. */
final class TransactionalArchitectureTest {

  private static final String TOP = "dev.handfast.xa.transactional";

  private static JavaClasses module;

  @BeforeAll
  static void readTheModule() {
    module =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(TOP);
  }

  @Test
  void importsTheApiTheConfigurationAndTheWayToTheLogAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(
                    resideInAnyPackage(
                        TOP, TOP + ".internal", "dev.handfast.xa", "dev.handfast.xa.config"))
                .or(equivalentTo(MessageLog.class)))
        .check(module);
  }

  @Test
  void theTopDoesNotLookDown() {
    noClasses()
        .that()
        .resideInAPackage(TOP)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TOP + ".internal")
        .check(module);
  }

  @Test
  void oneClassAloneNeedsByteBuddy() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Subclass")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(module);
  }

  @Test
  void noContainerIsNeeded() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.enterprise..", "jakarta.interceptor..")
        .check(module);
  }
}
