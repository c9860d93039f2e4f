package dev.handfast.xa.jdbc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An adapter knows the core by its SPI alone; inside, a floor knows those that it stands on. */
final class JdbcArchitectureTest {

  private static final String TOP = "dev.handfast.xa.jdbc";
  private static final String INTERNAL = TOP + ".internal.";

  /** What every package may import. */
  private static final String[] CORE = {
    "dev.handfast.xa.spi", "dev.handfast.xa.recovery", "dev.handfast.xa.config"
  };

  /** Each package below the top, and those it may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("settings", Set.of()),
          Map.entry("sql", Set.of()),
          Map.entry("dialect", Set.of("settings", "sql")),
          Map.entry("dialect.h2", Set.of("dialect", "settings", "sql")),
          Map.entry("dialect.postgres", Set.of("dialect", "settings", "sql")),
          Map.entry("connect", Set.of("dialect", "dialect.h2", "dialect.postgres", "settings")),
          Map.entry("branch", Set.of("dialect", "settings", "sql")),
          Map.entry("handle.forward", Set.of("branch", "sql")),
          Map.entry("handle", Set.of("branch", "handle.forward")),
          Map.entry("pool", Set.of("branch", "connect", "dialect", "handle", "settings")),
          Map.entry("recover", Set.of("branch", "connect", "dialect", "settings")));

  private static JavaClasses adapter;

  @BeforeAll
  static void readTheAdapter() {
    adapter =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(TOP);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void importsOnlyWhatItsArrowsAllow(String part) {
    classes()
        .that()
        .resideInAPackage(INTERNAL + part)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(resideInAPackage(INTERNAL + part))
                .or(resideInAnyPackage(qualified(ARROWS.get(part))))
                .or(resideInAnyPackage(CORE)))
        .check(adapter);
  }

  @Test
  void theTopImportsOnlySpiRecoveryAndConfig() {
    classes()
        .that()
        .resideInAPackage(TOP)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.handfast..")
                .or(resideInAPackage(TOP + ".."))
                .or(resideInAnyPackage(CORE)))
        .check(adapter);
  }

  /** What goes to the log may be forged or hold a secret, unless it goes there by the one way. */
  @Test
  void nobodyWritesToTheLogButByTheOneWay() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jboss.logging..")
        .check(adapter);
  }

  @Test
  void everyPackageIsDrawn() {
    classes()
        .should()
        .resideInAnyPackage(qualified(parts()))
        .orShould()
        .resideInAPackage(TOP)
        .check(adapter);
  }

  @Test
  void hasNoCycles() {
    slices().matching(INTERNAL + "(**)").should().beFreeOfCycles().check(adapter);
  }

  @Test
  void noPackageHasMoreThan25Files() {
    Map<String, Long> files =
        adapter.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(25));
  }

  @Test
  void onlyTheDefinitionItsFactoryAndItsManagerLookDown() {
    noClasses()
        .that()
        .resideInAPackage(TOP)
        .and()
        .doNotBelongToAnyOf(
            JdbcResource.class, JdbcResourceFactory.class, JdbcResourceManager.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL + ".")
        .allowEmptyShould(true)
        .check(adapter);
  }

  @Test
  void whatIsPublicAtTheTopIsTheDefinitionAndItsFactory() {
    classes()
        .that()
        .arePublic()
        .and()
        .resideOutsideOfPackage(INTERNAL + ".")
        .should(
            ArchCondition.from(
                equivalentTo(JdbcResource.class)
                    .or(equivalentTo(JdbcResource.Builder.class))
                    .or(equivalentTo(JdbcResourceFactory.class))))
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

  static Set<String> parts() {
    return ARROWS.keySet();
  }

  private static String[] qualified(Set<String> parts) {
    return parts.stream().map(part -> INTERNAL + part).toArray(String[]::new);
  }
}
