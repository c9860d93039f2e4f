package dev.handfast.examples.orders.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

final class CsvLineTest {

  @Test
  void splitsPlainAndEmptyFields() throws Exception {
    assertThat(CsvLine.split("a,,c,")).containsExactly("a", "", "c", "");
  }

  @Test
  void readsQuotedFieldsWithCommasAndDoubledQuotes() throws Exception {
    assertThat(CsvLine.split("1,\"a, b\",\"RECORD FRAME 7\"\" SIZE\",\"\",x"))
        .containsExactly("1", "a, b", "RECORD FRAME 7\" SIZE", "", "x");
  }

  @Test
  void aQuoteInsideAPlainFieldIsText() throws Exception {
    assertThat(CsvLine.split("5\" nail,2")).containsExactly("5\" nail", "2");
  }

  @Test
  void namesTheFieldWhoseQuoteIsNotClosed() {
    CsvLine.UnevenQuotesException e =
        catchThrowableOfType(CsvLine.UnevenQuotesException.class, () -> CsvLine.split("a,\"b,c"));

    assertThat(e.index()).isEqualTo(1);
    assertThat(e.rest()).isEqualTo("\"b,c");
  }

  @Test
  void refusesTextAfterAClosingQuote() {
    CsvLine.UnevenQuotesException e =
        catchThrowableOfType(CsvLine.UnevenQuotesException.class, () -> CsvLine.split("\"a\"b,c"));

    assertThat(e.index()).isZero();
  }
}
