package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.ResourceFactory;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbcResourceTest {

  @Test
  void isAValueWithoutSecrets() {
    JdbcResource resource =
        built(
            builder ->
                builder
                    .url("jdbc:h2:./orders;PASSWORD=s3cret-1")
                    .username("shop")
                    .password("s3cret-2")
                    .recovery("rescue", "s3cret-3"));

    assertThat(resource.name()).isEqualTo("orders");
    assertThat(resource.kind()).isEqualTo("datasource");
    assertThat(resource.handleType()).isEqualTo(DataSource.class);
    assertThat(resource).hasToString("JdbcResource[orders, jdbc:h2:./orders;PASSWORD=***, shop]");
  }

  @Test
  void wantsADatabase() {
    refused(builder -> builder, "handfast.datasource.orders.url is missing", "jdbc:h2:");
    refused(
        builder -> builder.url("jdbc:h2:./orders").xaDataSource(JdbcDataSource::new),
        "handfast.datasource.orders.url = 'jdbc:h2:./orders'",
        "remove one of the two");
  }

  @Test
  void wantsSizesThatFit() {
    refused(builder -> file(builder).maxSize(0), "max-size = 0", "from 1 to 10000");
    refused(builder -> file(builder).maxSize(3).minSize(4), "min-size = 4", "max-size, which is 3");
    refused(builder -> file(builder).minSize(-1), "min-size = -1");
    refused(
        builder -> file(builder).acquisitionTimeout(Duration.ZERO),
        "acquisition-timeout = PT0S",
        "from 1 ms to 1 h");
    refused(
        builder -> file(builder).password("s3cret-2"),
        "handfast.datasource.orders.username is missing");
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThatThrownBy(() -> JdbcResource.named("Orders"))
        .isInstanceOf(ConfigurationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:tcp://localhost/orders",
        "jdbc:h2:ssl://db:9092/~/orders;PASSWORD=s3cret-1",
        "JDBC:H2:TCP:localhost/orders",
        "jdbc:h2:./orders;AUTO_SERVER=TRUE"
      })
  void refusesServerModeUnlessItIsAllowed(String url) {
    assertThatThrownBy(() -> built(builder -> builder.url(url)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("handfast.datasource.orders.url = ")
        .hasMessageContaining("server mode")
        .hasMessageContaining("handfast.datasource.orders.allow-h2-server=true")
        .hasMessageNotContaining("s3cret-1");
    assertThat(built(builder -> builder.url(url).allowH2Server())).isNotNull();
  }

  @Test
  void refusesServerModeOfADataSourceOfOnesOwn() {
    var source = new JdbcDataSource();
    source.setURL("jdbc:h2:tcp://localhost/orders");
    JdbcResource resource = built(builder -> builder.xaDataSource(() -> source));

    assertThatThrownBy(() -> resource.open(new ManualTransactions()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("server mode");
  }

  @Test
  void refusesAUrlWithoutADialect() {
    refused(
        builder -> builder.url("jdbc:nosuch://host/db?password=s3cret-1"),
        "handfast.datasource.orders.url = 'jdbc:nosuch://host/db?password=***'",
        "xaDataSource");
  }

  @Test
  void isMadeFromConfiguration(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), H2Fixture.PASSWORD + "\n");
    H2Fixture db = H2Fixture.in(directory);
    var values = new HashMap<String, String>();
    values.put("url", db.url());
    values.put("username", H2Fixture.USER);
    values.put("password-file", secret.toString());
    values.put("max-size", "3");
    values.put("min-size", "1");
    values.put("acquisition-timeout", "100ms");
    values.put("recovery.username", H2Fixture.USER);
    values.put("recovery.password-file", secret.toString());
    values.put("required-at-start", "false");
    values.put("allow-h2-server", "false");
    var manager = factory().create(section(values)).open(new ManualTransactions());

    assertThat(manager.preflight()).isEmpty();
    assertThat(manager.requiredAtStart()).isFalse();
    assertThat(manager.losesVotesOnClose()).isTrue();
    assertThat(values.keySet()).isSubsetOf(factory().keys().stream().map(ConfigKey::name).toList());
    Files.writeString(secret, "changed-by-now");
    assertThatThrownBy(() -> ((DataSource) manager.handle()).getConnection())
        .hasMessageNotContaining("changed-by-now");
    manager.close();
  }

  @Test
  void wantsAUserForAPasswordOfRecovery() {
    var values = Map.of("url", "jdbc:h2:./orders", "recovery.password", "s3cret-1");

    assertThatThrownBy(() -> factory().create(section(values)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("handfast.datasource.orders.recovery.username is missing")
        .hasMessageNotContaining("s3cret-1");
  }

  private static ResourceFactory factory() {
    return ServiceLoader.load(ResourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.section().equals("datasource"))
        .findFirst()
        .orElseThrow();
  }

  private static ResourceSection section(Map<String, String> values) {
    return new ResourceSection("datasource", "orders", values);
  }

  private static JdbcResource.Builder file(JdbcResource.Builder builder) {
    return builder.url("jdbc:h2:./orders");
  }

  private static JdbcResource built(UnaryOperator<JdbcResource.Builder> more) {
    return more.apply(JdbcResource.named("orders")).build();
  }

  private static void refused(UnaryOperator<JdbcResource.Builder> more, String... texts) {
    assertThatThrownBy(() -> built(more))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .contains(texts)
        .contains("To solve this, ")
        .doesNotContain("s3cret");
  }
}
