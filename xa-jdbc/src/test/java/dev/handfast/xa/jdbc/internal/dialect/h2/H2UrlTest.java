package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class H2UrlTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:./orders, FILE",
    "jdbc:h2:file:~/orders;MODE=Oracle, FILE",
    "jdbc:h2:nio:./orders, FILE",
    "jdbc:h2:mem:orders, MEMORY",
    "jdbc:h2:mem:, MEMORY",
    "jdbc:h2:nioMemFS:orders, MEMORY",
    "jdbc:h2:tcp://localhost/orders, SERVER",
  })
  void knowsWhereADatabaseLives(String url, H2Url expected) {
    assertThat(H2Url.of(url)).isEqualTo(expected);
  }
}
