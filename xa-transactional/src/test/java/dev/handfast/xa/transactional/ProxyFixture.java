package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.LogCapture;
import jakarta.transaction.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A runtime without resources, whose thread must be free after each test. */
abstract class ProxyFixture {

  LogCapture log;
  Handfast handfast;

  /** The id of the transaction that it runs in, or null. */
  final Supplier<Object> key = () -> handfast.synchronizationRegistry().getTransactionKey();

  @BeforeEach
  final void start() {
    log = new LogCapture("dev.handfast");
    handfast = start(Map.of());
  }

  static Handfast start(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("handfast.node-name", "proxies-1");
    properties.put("handfast.log-store.type", "memory");
    return Handfast.start(properties);
  }

  @AfterEach
  final void close() {
    int status = handfast.synchronizationRegistry().getTransactionStatus();
    long active = handfast.recovery().status().active();
    handfast.close();
    log.close();
    assertThat(status).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(active).isZero();
  }
}
