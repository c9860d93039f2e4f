package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.spi.ResourceFactory;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {

  private static final String URL = "tcp://localhost:61616";

  private static ArtemisResource.Builder events() {
    return ArtemisResource.named("events").url(URL);
  }

  @Test
  void aDefinitionSaysWhatItIs() {
    ArtemisResource events = events().username("shop").password("s3cr3t").build();

    assertThat(events.name()).isEqualTo("events");
    assertThat(events.kind()).isEqualTo("jms");
    assertThat(events.handleType()).isEqualTo(ArtemisConnections.class);
    assertThat(events).hasToString("ArtemisResource[events, " + URL + ", user 'shop']");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(ArtemisResource.named("events"), "handfast.jms.events.url is missing"),
        Arguments.of(events().maxSessions(0), "max-sessions = 0: must be from 1 to 10000"),
        Arguments.of(events().callTimeout(Duration.ZERO), "call-timeout = PT0S"),
        Arguments.of(
            events().acquisitionTimeout(Duration.ofDays(1)), "acquisition-timeout = PT24H"),
        Arguments.of(events().password("s3cr3t"), "username is missing"),
        Arguments.of(
            events().connectionFactory(new ActiveMQConnectionFactory(URL)),
            "is given together with a connection factory"),
        Arguments.of(
            ArtemisResource.named("events")
                .connectionFactory(new ActiveMQConnectionFactory(URL + "?reconnectAttempts=-1")),
            "setReconnectAttempts(0)"),
        Arguments.of(
            ArtemisResource.named("events")
                .connectionFactory(
                    new ActiveMQConnectionFactory(URL + "?blockOnDurableSend=false")),
            "setBlockOnDurableSend(true)"),
        Arguments.of(
            ArtemisResource.named("events").connectionFactory(new ActiveMQConnectionFactory(URL)),
            "setUseTopologyForLoadBalancing(false)"));
  }

  @ParameterizedTest
  @MethodSource
  void wrong(ArtemisResource.Builder builder, String words) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("handfast.jms.events.")
        .hasMessageContaining("To solve this, ")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?reconnectAttempts=-1",
        "?callTimeout=30000",
        "?ha=true",
        "?user=shop&password=s3cr3t",
        "?blockOnDurableSend=false",
        "?useGlobalPools=true",
        "?conectionTTL=1",
        "?trustStorePassword=s3cr3t&preAcknowledge=true"
      })
  void aUrlParameterThatIsOursOrNobodysIsRefused(String query) {
    assertThatThrownBy(() -> ArtemisResource.named("events").url(URL + query).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("handfast.jms.events.url = '" + URL)
        .hasMessageContaining("To solve this, ")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "http://localhost",
        "(tcp://a:1,tcp://b:2)",
        "udp://231.7.7.7:9876"
      })
  void aUrlThatIsNotOneNodeIsRefused(String url) {
    assertThatThrownBy(() -> ArtemisResource.named("events").url(url).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("handfast.jms.events.url");
  }

  @Test
  void transportAndClientParametersAreTaken() {
    String url = URL + "?sslEnabled=true&trustStorePassword=s3cr3t&consumerWindowSize=0";

    assertThat(ArtemisResource.named("events").url(url).build().toString())
        .contains("trustStorePassword=***")
        .doesNotContain("s3cr3t");
  }

  @Test
  void anOwnFactoryIsTakenAsItIs() {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
    factory.setUseTopologyForLoadBalancing(false);

    assertThat(ArtemisResource.named("events").connectionFactory(factory).build().toString())
        .contains("tcp://localhost:61616");
  }

  @Test
  void configurationMakesTheSameDefinition() {
    ResourceFactory factory =
        ServiceLoader.load(ResourceFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.section().equals("jms"))
            .findFirst()
            .orElseThrow();
    ResourceSection section =
        new ResourceSection(
            "jms",
            "events",
            Map.of(
                "url", URL,
                "username", "shop",
                "password", "s3cr3t",
                "call-timeout", "2s",
                "max-sessions", "3",
                "recovery.username", "medic",
                "recovery.password", "bandage",
                "required-at-start", "false"));

    assertThat(factory.create(section))
        .hasToString("ArtemisResource[events, " + URL + ", user 'shop']");
    assertThat(factory.keys()).extracting("name").contains("url", "recovery.password-file");
  }

  @Test
  void aRecoveryPasswordWithoutAUserIsRefused() {
    ResourceSection section =
        new ResourceSection("jms", "events", Map.of("url", URL, "recovery.password", "s3cr3t"));

    assertThatThrownBy(() -> new ArtemisResourceFactory().create(section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("handfast.jms.events.recovery.username");
  }
}
