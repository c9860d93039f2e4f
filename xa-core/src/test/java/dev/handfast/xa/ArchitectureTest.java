package dev.handfast.xa;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages and the arrows between them, as docs/architecture.md draws them. */
final class ArchitectureTest {
  private static final String ROOT = "dev.handfast.xa";

  /** Each package below the root, and those it may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "config", Set.of(),
          "recovery", Set.of(),
          "spi", Set.of("config", "recovery"),
          "internal.branch", Set.of("spi", "recovery", "config"),
          "internal.log", Set.of("spi", "recovery", "config"),
          "internal.recovery", Set.of("spi", "recovery", "config"),
          "internal.management", Set.of("spi", "recovery", "config"),
          "internal.narayana",
              Set.of(
                  "internal.branch",
                  "internal.log",
                  "internal.recovery",
                  "internal.management",
                  "spi",
                  "recovery",
                  "config"));

  private static JavaClasses core;

  @BeforeAll
  static void readTheCore() {
    core =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void importsOnlyWhatItsArrowsAllow(String part) {
    classes()
        .that()
        .resideInAPackage(qualified(part))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(resideInAPackage(qualified(part)))
                .or(resideInAnyPackage(qualified(ARROWS.get(part)))))
        .allowEmptyShould(true)
        .check(core);
  }

  @Test
  void everyPackageIsDrawn() {
    classes()
        .should()
        .resideInAnyPackage(qualified(parts()))
        .orShould()
        .resideInAPackage(ROOT)
        .check(core);
  }

  @Test
  void onlyOnePackageKnowsNarayana() {
    noClasses()
        .that()
        .resideOutsideOfPackage(qualified("internal.narayana"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.arjuna..")
        .check(core);
  }

  static Set<String> parts() {
    return ARROWS.keySet();
  }

  private static String[] qualified(Collection<String> parts) {
    return parts.stream().map(ArchitectureTest::qualified).toArray(String[]::new);
  }

  private static String qualified(String part) {
    return ROOT + "." + part;
  }
}
