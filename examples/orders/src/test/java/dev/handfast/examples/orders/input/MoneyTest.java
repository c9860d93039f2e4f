package dev.handfast.examples.orders.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "2.55, 255, 2.55",
    "0.0, 0, 0.00",
    "3, 300, 3.00",
    "-0.1, -10, -0.10",
    "1.100, 110, 1.10"
  })
  void readsAndShowsPenceExactly(String decimal, long pence, String shown) {
    Money money = Money.of(new BigDecimal(decimal));

    assertThat(money.pence()).isEqualTo(pence);
    assertThat(money).hasToString(shown);
  }

  @Test
  void refusesAPartOfAPenny() {
    assertThatThrownBy(() -> Money.of(new BigDecimal("0.001")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void addsAndMultipliesWithoutRounding() {
    Money sum = Money.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(new Money(10));
    }

    assertThat(sum).isEqualTo(new Money(100));
    assertThat(new Money(255).times(-6)).hasToString("-15.30");
  }
}
