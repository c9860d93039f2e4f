package dev.handfast.xa.artemis;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An adapter knows the core by its SPI alone, and each of its floors only those below it. */
final class ArtemisArchitectureTest {
  private static final String TOP = "dev.handfast.xa.artemis";
  private static final String SELF = TOP + "..";
  private static final String INTERNAL = TOP + ".internal..";

  /** Those of the top package that may look down. */
  private static final DescribedPredicate<JavaClass> MAKERS =
      belongToAnyOf(
          ArtemisResource.class, ArtemisResourceFactory.class, ArtemisResourceManager.class);

  /** Those of the top package that may be imported from below. */
  private static final DescribedPredicate<JavaClass> API =
      belongToAnyOf(
          ArtemisConnections.class,
          Listener.class,
          ListenerOptions.class,
          MessageBody.class,
          DeadLetter.class);

  private static JavaClasses adapter;

  @BeforeAll
  static void readTheAdapter() {
    adapter =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(TOP);
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

  @ParameterizedTest
  @CsvSource({
    "client, client",
    "branch, branch client",
    "recover, recover client",
    "listen, listen branch recover client",
    "handles, handles listen branch client"
  })
  void eachFloorStandsOnThoseBelowIt(String floor, String below) {
    classes()
        .that()
        .resideInAPackage(floor(floor))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(SELF)
                .or(
                    resideInAnyPackage(
                        Arrays.stream(below.split(" "))
                            .map(ArtemisArchitectureTest::floor)
                            .toArray(String[]::new)))
                .or(API))
        .check(adapter);
  }

  private static String floor(String name) {
    return TOP + ".internal." + name;
  }

  /** What goes to the log may be forged or hold a secret, unless it goes there by the one way. */
  @Test
  void nobodyWritesToTheLogButByTheOneWay() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo("org.jboss.logging.BasicLogger")
        .check(adapter);
  }

  @Test
  void noPackagesStandOnEachOther() {
    slices().matching(TOP + ".internal.(*)..").should().beFreeOfCycles().check(adapter);
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
  void onlyPublicTypesStandAtTheTop() {
    classes()
        .that(resideInAPackage(TOP))
        .and(not(belongToAnyOf(ArtemisResourceManager.class)))
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .bePublic()
        .check(adapter);
  }

  @Test
  void onlyTheDefinitionItsFactoryAndItsManagerLookDown() {
    noClasses()
        .that(resideInAPackage(TOP))
        .and(not(MAKERS))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL)
        .check(adapter);
  }

  @Test
  void whatTheApplicationUsesKnowsNoneOfTheMakers() {
    noClasses().that(not(MAKERS)).should().dependOnClassesThat(MAKERS).check(adapter);
  }

  @Test
  void publicTypesOutsideTheFloorsStandAtTheTop() {
    classes()
        .that()
        .arePublic()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(TOP),
                    Stream.of("client", "branch", "recover", "listen", "handles")
                        .map(ArtemisArchitectureTest::floor))
                .toArray(String[]::new))
        .check(adapter);
  }
}
