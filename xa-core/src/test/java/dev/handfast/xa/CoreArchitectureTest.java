package dev.handfast.xa;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.handfast.xa.internal.platform.ShutdownLogging;
import dev.handfast.xa.internal.settings.ConfigurationSources;
import dev.handfast.xa.spi.MessageLog;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages and the arrows between them, as docs/architecture.md draws them. */
final class CoreArchitectureTest {
  private static final String ROOT = "dev.handfast.xa";

  private static final Set<String> OPEN = Set.of("spi", "recovery", "config", "internal.platform");

  /** What the log shows of itself: its tenure, what it holds, and who it is. */
  private static final Set<String> LOG =
      Set.of("internal.log", "internal.log.record", "internal.log.directory");

  /** Each package below the root, and those it may import beside the open ones. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("config", Set.of()),
          Map.entry("recovery", Set.of()),
          Map.entry("spi", Set.of("config", "recovery")),
          Map.entry("internal.settings", Set.of("config", "spi")),
          Map.entry("internal.disk", Set.of("spi")),
          Map.entry("internal.platform", Set.of("internal.disk")),
          Map.entry("internal.branch", with()),
          Map.entry("internal.log.record", with()),
          Map.entry("internal.log.directory", with("internal.disk", "internal.log.record")),
          Map.entry(
              "internal.log.slot",
              with("internal.disk", "internal.log.record", "internal.log.directory")),
          Map.entry(
              "internal.log",
              with("internal.log.record", "internal.log.directory", "internal.log.slot")),
          Map.entry("internal.decision", with(LOG, "internal.branch")),
          Map.entry("internal.rm", with(LOG, "internal.decision", "internal.branch")),
          Map.entry("internal.pass", with(LOG, "internal.rm", "internal.decision")),
          Map.entry(
              "internal.order",
              with(
                  LOG,
                  "internal.disk",
                  "internal.rm",
                  "internal.pass",
                  "internal.decision",
                  "internal.branch")),
          Map.entry("internal.management", with("internal.order", "internal.pass")),
          Map.entry("internal.transaction", with(LOG, "internal.decision", "internal.branch")),
          Map.entry("internal.jakarta", with("internal.branch", "internal.transaction")),
          Map.entry(
              "internal.narayana",
              with(LOG, "internal.decision", "internal.branch", "internal.transaction")),
          Map.entry(
              "internal.runtime",
              with(
                  LOG,
                  "internal.branch",
                  "internal.decision",
                  "internal.rm",
                  "internal.pass",
                  "internal.order",
                  "internal.management",
                  "internal.transaction",
                  "internal.narayana")));

  private static Set<String> with(String... more) {
    return with(Set.of(), more);
  }

  private static Set<String> with(Set<String> group, String... more) {
    Set<String> all = new HashSet<>(OPEN);
    all.addAll(group);
    all.addAll(Set.of(more));
    return all;
  }

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
  void configurationReadsNoSourceButTheFileOfASecret() {
    noClasses()
        .that()
        .resideInAPackage(qualified("config"))
        .and()
        .doNotHaveSimpleName("SecretFile")
        .should()
        .accessClassesThat()
        .belongToAnyOf(Files.class, System.class)
        .check(core);
  }

  @Test
  void onlyTheSourcesOfConfigurationArePublicInSettings() {
    classes()
        .that()
        .resideInAPackage(qualified("internal.settings"))
        .and()
        .arePublic()
        .should()
        .be(ConfigurationSources.class)
        .check(core);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(core);
  }

  /** What is not public there makes or throws what is. */
  @Test
  void atTheTopStandsLittleThatIsNotPublic() {
    List<String> hidden =
        core.stream()
            .filter(type -> type.getPackageName().equals(ROOT) && type.isTopLevelClass())
            .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .filter(name -> !name.equals("package-info"))
            .toList();
    assertThat(hidden).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void noPackageHasMoreThan25Files() {
    Map<String, Long> files =
        core.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(25));
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

  /** What goes to the log may be forged or hold a secret, unless it goes there by the one way. */
  @Test
  void onlyOneClassWritesToTheLog() {
    noClasses()
        .that()
        .areNotAssignableTo(MessageLog.class)
        .and()
        .areNotAssignableTo(ShutdownLogging.class)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(org.jboss.logging.BasicLogger.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.util.logging.Logger.class, System.Logger.class)
        .check(core);
  }

  static Set<String> parts() {
    return ARROWS.keySet();
  }

  private static String[] qualified(Collection<String> parts) {
    return parts.stream().map(CoreArchitectureTest::qualified).toArray(String[]::new);
  }

  private static String qualified(String part) {
    return ROOT + "." + part;
  }
}
