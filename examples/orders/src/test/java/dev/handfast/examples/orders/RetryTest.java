package dev.handfast.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import dev.handfast.examples.orders.input.OrderLine;
import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSRuntimeException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class RetryTest {

  private static final Invoice INVOICE =
      new Invoice(
          "536365",
          LocalDateTime.of(2010, 12, 1, 8, 26),
          null,
          "France",
          List.of(new OrderLine("A", "", 1, Money.ZERO)));

  private static final Retry RETRY = new Retry(10, 2);

  @Test
  void booksAgainAfterADeadlockAndALockTimeout() throws Exception {
    FailingShop shop = new FailingShop("40001", "HYT00");

    RETRY.run(() -> shop.book(INVOICE));

    assertThat(shop.attempts).isEqualTo(3);
  }

  @Test
  void givesUpAfterTenAttempts() {
    FailingShop shop = new FailingShop("40001".concat(" 40001".repeat(20)).split(" "));

    assertThatThrownBy(() -> RETRY.run(() -> shop.book(INVOICE))).isInstanceOf(SQLException.class);
    assertThat(shop.attempts).isEqualTo(10);
  }

  @Test
  void triesAgainWhileTheBrokerIsAway() throws Exception {
    int[] attempts = new int[1];

    RETRY.run(
        () -> {
          if (++attempts[0] < 5) {
            throw new JMSRuntimeException("away");
          }
        });

    assertThat(attempts[0]).isEqualTo(5);
  }

  @Test
  void doesNotRepeatWhatFailsForAnotherReason() {
    FailingShop shop = new FailingShop("23505");

    assertThatThrownBy(() -> RETRY.run(() -> shop.book(INVOICE))).isInstanceOf(SQLException.class);
    assertThat(shop.attempts).isEqualTo(1);
  }

  /** Fails with one state after the other, then books. */
  private static final class FailingShop implements Shop {
    private final String[] states;
    private int attempts;

    FailingShop(String... states) {
      this.states = states;
    }

    @Override
    public void book(Invoice invoice) throws SQLException {
      if (attempts++ < states.length) {
        throw new SQLException("no", states[attempts - 1]);
      }
    }

    @Override
    public DataSource database() {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecoveryReport recovery() {
      return new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO);
    }

    @Override
    public void close() {}
  }
}
