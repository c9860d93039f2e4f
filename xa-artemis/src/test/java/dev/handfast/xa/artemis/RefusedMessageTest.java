package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The broker refuses a message, and tells so when the branch is to vote or to commit. */
class RefusedMessageTest {

  private static final String QUEUE = "small";
  private static BrokerProcess broker;
  private static String id = "";

  private final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));
  private ArtemisResourceManager manager;

  private enum Refusal {
    TOO_LARGE_FOR_THE_JOURNAL("AMQ149005", "any") {
      @Override
      JMSProducer refused(JMSProducer producer) {
        return producer.setProperty("large", "x".repeat(260_000));
      }
    },
    ADDRESS_FULL("is full", QUEUE) {
      @Override
      JMSProducer refused(JMSProducer producer) {
        return producer.setProperty("size", "x".repeat(1_000));
      }
    },
    DUPLICATE("Duplicate", "any") {
      @Override
      JMSProducer refused(JMSProducer producer) {
        return producer.setProperty("_AMQ_DUPL_ID", id);
      }
    };

    private final String reason;
    private final String destination;

    Refusal(String reason, String destination) {
      this.reason = reason;
      this.destination = destination;
    }

    abstract JMSProducer refused(JMSProducer producer);
  }

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker = BrokerProcess.builder(directory).addressLimit(QUEUE, 20_000).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    id = UUID.randomUUID().toString();
    manager =
        (ArtemisResourceManager)
            ArtemisResource.named("events").url(broker.url()).build().open(context);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Makes the broker remember the id of a message that it has taken. */
  private void takeOnce(Refusal refusal) throws Exception {
    context.committed(() -> send(refusal, 1));
    new BrokerQueues(broker.url()).drain(refusal.destination);
  }

  private void send(Refusal refusal, int times) {
    try (JMSContext jms = manager.handle().createContext()) {
      for (int i = 0; i < times; i++) {
        refusal
            .refused(jms.createProducer())
            .send(jms.createQueue(refusal.destination), refusal.name());
      }
    }
  }

  static Stream<Arguments> cases() {
    return Arrays.stream(Refusal.values())
        .flatMap(refusal -> Stream.of(Arguments.of(refusal, true), Arguments.of(refusal, false)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theBranchIsRolledBackForThatReason(Refusal refusal, boolean onePhase) throws Exception {
    if (refusal == Refusal.DUPLICATE) {
      takeOnce(refusal);
    }
    ManualTransaction transaction = context.begin();
    send(refusal, 20);

    XAException told =
        catchThrowableOfType(
            XAException.class,
            () -> {
              if (onePhase) {
                transaction.commitInOnePhase();
              } else {
                transaction.vote();
              }
            });

    assertThat(told.errorCode).isEqualTo(XAException.XA_RBOTHER);
    assertThat(told).hasMessageContaining("resource 'events'").hasMessageContaining(refusal.reason);
    assertThatThrownBy(transaction::rollback).isInstanceOf(XAException.class);
    context.leave();
    BrokerQueues queues = new BrokerQueues(broker.url());
    assertThat(queues.preparedBranches()).isEmpty();
    assertThat(queues.drainTexts(refusal.destination)).doesNotContain(refusal.name());
  }
}
