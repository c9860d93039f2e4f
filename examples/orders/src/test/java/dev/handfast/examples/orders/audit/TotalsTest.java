package dev.handfast.examples.orders.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.input.Money;
import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.input.Samples;
import org.junit.jupiter.api.Test;

/** The figures were computed from the file by another program. */
final class TotalsTest {

  @Test
  void addsUpTheOwnFile() throws Exception {
    OrderFile file = Samples.ownFile();

    Totals totals = Totals.of(file.invoices());

    assertThat(file.bad()).isEmpty();
    assertThat(totals.invoices()).isEqualTo(512);
    assertThat(totals.cancellations()).isEqualTo(43);
    assertThat(totals.lines()).isEqualTo(10_000);
    assertThat(totals.units()).isEqualTo(78_286);
    assertThat(totals.money()).isEqualTo(new Money(18_066_775));
    assertThat(totals.sold()).hasSize(2_015).containsEntry("85123A", 974L);
    assertThat(totals.balances()).hasSize(323).containsEntry(17850, new Money(539_121));
    assertThat(totals.balances().values().stream().reduce(Money.ZERO, Money::plus))
        .isEqualTo(new Money(14_462_625));
  }
}
