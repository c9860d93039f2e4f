package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Secret;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.process.FreePort;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSSecurityRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityTest {

  private static final String SECRET = "s3cr3t-0f-w0rk";
  private static final String OTHER = "n0t-the-s3cr3t";

  private static BrokerProcess broker;

  private final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker = BrokerProcess.builder(directory).user("shop", SECRET).user("medic", "bandage").start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private <T> T with(UnaryOperator<ArtemisResource.Builder> more, Use<T> use) throws Exception {
    ArtemisResource.Builder builder = ArtemisResource.named("events").url(broker.url());
    ArtemisResource definition = more.apply(builder).build();
    ArtemisResourceManager manager = (ArtemisResourceManager) definition.open(context);
    try {
      assertThat(definition.toString() + manager.description() + manager.handle())
          .doesNotContain(SECRET)
          .doesNotContain(OTHER);
      return use.of(manager);
    } finally {
      manager.close();
    }
  }

  @Test
  void withTheRightPasswordsNothingIsFound() throws Exception {
    List<Finding> findings =
        with(b -> b.username("shop").password(SECRET), ArtemisResourceManager::preflight);
    List<Finding> apart =
        with(
            b -> b.username("shop").password(SECRET).recovery("medic", "bandage"),
            ArtemisResourceManager::preflight);

    assertThat(findings).isEmpty();
    assertThat(apart).isEmpty();
  }

  @Test
  void aWrongPasswordOfWorkIsAFindingThatNamesTheKey() throws Exception {
    List<Finding> findings =
        with(b -> b.username("shop").password(OTHER), ArtemisResourceManager::preflight);

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.ERROR);
    assertThat(findings.get(0).toString())
        .contains("resource 'events'", broker.url(), "user 'shop'")
        .contains("handfast.jms.events.username", "password-file")
        .doesNotContain(OTHER);
  }

  @Test
  void aWrongPasswordOfRecoveryIsAFindingOfItsOwn() throws Exception {
    List<Finding> findings =
        with(
            b -> b.username("shop").password(SECRET).recovery("medic", OTHER),
            ArtemisResourceManager::preflight);

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).toString())
        .contains("user 'medic'", "handfast.jms.events.recovery.username")
        .doesNotContain(OTHER)
        .doesNotContain(SECRET);
  }

  @Test
  void aWrongPasswordAtASendIsToldWithoutThePassword() throws Exception {
    with(
        b -> b.username("shop").password(OTHER),
        manager -> {
          assertThatThrownBy(() -> send(manager))
              .isInstanceOf(JMSSecurityRuntimeException.class)
              .hasMessageContaining("resource 'events'")
              .hasMessageContaining("refused user 'shop'")
              .hasMessageNotContaining(OTHER);
          return true;
        });
  }

  @Test
  void recoveryWithAWrongPasswordAnswersAsIfTheBrokerWereNotThere() throws Exception {
    with(
        b -> b.username("shop").password(OTHER),
        manager -> {
          assertThatThrownBy(() -> manager.recoveryResource().recover(XAResource.TMSTARTRSCAN))
              .isInstanceOf(XAException.class)
              .hasMessageContaining("user 'shop'")
              .hasMessageNotContaining(OTHER)
              .extracting(e -> ((XAException) e).errorCode)
              .isEqualTo(XAException.XAER_RMFAIL);
          return true;
        });
  }

  @Test
  void thePasswordIsReadAnewForEachConnection() throws Exception {
    AtomicReference<String> file = new AtomicReference<>(OTHER);
    with(
        b -> b.username("shop").password(Secret.from(file::get)),
        manager -> {
          assertThatThrownBy(() -> send(manager)).isInstanceOf(JMSSecurityRuntimeException.class);
          file.set(SECRET);
          send(manager);
          return true;
        });
  }

  @Test
  void theBrokerTellsWhoItIs() throws Exception {
    RmIdentity identity =
        with(b -> b.username("shop").password(SECRET), ArtemisResourceManager::identity);
    RmIdentity again =
        with(b -> b.username("medic").password("bandage"), ArtemisResourceManager::identity);

    assertThat(identity.product()).isEqualTo("Apache Artemis");
    assertThat(identity.version()).matches("2\\.[0-9]+\\.[0-9]+");
    assertThat(identity.id()).isNotEmpty();
    assertThat(again).isEqualTo(identity);
  }

  @Test
  void aBrokerThatIsNotThereIsUnavailable() throws Exception {
    String url = "tcp://127.0.0.1:" + FreePort.find() + "?trustStorePassword=" + SECRET;
    with(
        b -> b.url(url).username("shop").password(SECRET),
        manager -> {
          assertThatThrownBy(manager::preflight)
              .isInstanceOf(ResourceUnavailableException.class)
              .hasMessageContaining("trustStorePassword=***")
              .hasMessageNotContaining(SECRET);
          assertThatThrownBy(manager::identity)
              .isInstanceOf(ResourceUnavailableException.class)
              .hasMessageNotContaining(SECRET);
          return true;
        });
  }

  @Test
  void noPasswordIsLogged() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler handler = new Collect(lines);
    Logger root = Logger.getLogger("dev.handfast");
    Level level = root.getLevel();
    root.addHandler(handler);
    root.setLevel(Level.ALL);
    try {
      with(
          b -> b.username("shop").password(SECRET).recovery("medic", OTHER),
          manager -> {
            manager.preflight();
            send(manager);
            return true;
          });
    } finally {
      root.setLevel(level);
      root.removeHandler(handler);
    }
    assertThat(lines).noneMatch(line -> line.contains(SECRET) || line.contains(OTHER));
  }

  private static void send(ArtemisResourceManager manager) {
    try (JMSContext jms = manager.handle().createContext()) {
      jms.createProducer().send(jms.createQueue("q"), "a");
    }
  }

  private interface Use<T> {
    T of(ArtemisResourceManager manager) throws Exception;
  }

  private static final class Collect extends Handler {

    private final List<String> lines;

    Collect(List<String> lines) {
      this.lines = lines;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
      lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
