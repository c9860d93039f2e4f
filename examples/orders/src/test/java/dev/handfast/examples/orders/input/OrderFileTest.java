package dev.handfast.examples.orders.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderFileTest {

  private static final String TITLES =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  private static final String GOOD =
      "536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850,France\n";

  @Test
  void readsAnInvoice() throws Exception {
    OrderFile file =
        read(GOOD + "536365,71053,\"7\"\" LANTERN\",-1,2010-12-01 08:27:00,3,17850,France");

    assertThat(file.bad()).isEmpty();
    assertThat(file.lines()).isEqualTo(2);
    assertThat(file.invoices())
        .containsExactly(
            new Invoice(
                "536365",
                LocalDateTime.of(2010, 12, 1, 8, 26),
                17850,
                "France",
                List.of(
                    new OrderLine("85123A", "HOLDER", 6, new Money(255)),
                    new OrderLine("71053", "7\" LANTERN", -1, new Money(300)))));
    assertThat(file.invoices().get(0).total()).hasToString("12.30");
  }

  @Test
  void readsWindowsLineEndsAndAByteOrderMark() throws Exception {
    OrderFile file =
        OrderFile.of(
            ("\uFEFF" + TITLES + GOOD).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "f");

    assertThat(file.invoices()).hasSize(1);
  }

  @Test
  void anInvoiceMayHaveNoCustomer() throws Exception {
    OrderFile file = read("536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,,France");

    assertThat(file.invoices().get(0).customer()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "6365,A,D,6,2010-12-01 08:26:00,2.55,1,F|1 (InvoiceNo): '6365' is not six digits, with a C in front of them for a cancellation",
        "536365,,D,6,2010-12-01 08:26:00,2.55,1,F|2 (StockCode): '' is not 1 to 20 characters",
        "536365,A,\u0007,6,2010-12-01 08:26:00,2.55,1,F|3 (Description): '\uFFFD' is not text in UTF-8 without control characters",
        "536365,A,D,1.5,2010-12-01 08:26:00,2.55,1,F|4 (Quantity): '1.5' is not a whole number from -999999 to 999999 other than 0",
        "536365,A,D,0,2010-12-01 08:26:00,2.55,1,F|4 (Quantity): '0' is not a whole number from -999999 to 999999 other than 0",
        "C36365,A,D,1,2010-12-01 08:26:00,2.55,1,F|1 (InvoiceNo): 'C36365' is not six digits, with a C in front of them for a cancellation",
        "C536365,A,D,1,2010-12-01 08:26:00,2.55,1,F|4 (Quantity): '1' is not negative, as a cancellation's quantities are",
        "536365,A,D,6,2010-02-30 08:26:00,2.55,1,F|5 (InvoiceDate): '2010-02-30 08:26:00' is not a moment such as 2010-12-01 08:26:00",
        "536365,A,D,6,2010-12-01 08:26:00,2.555,1,F|6 (UnitPrice): '2.555' is not a decimal from 0 to 99999.99 with at most two places",
        "536365,A,D,6,2010-12-01 08:26:00,-1,1,F|6 (UnitPrice): '-1' is not a decimal from 0 to 99999.99 with at most two places",
        "536365,A,D,6,2010-12-01 08:26:00,2.55,17850.0,F|7 (CustomerID): '17850.0' is not empty, or 1 to 9 digits",
        "536365,A,D,6,2010-12-01 08:26:00,2.55,1,|8 (Country): '' is not 1 to 60 characters",
        "536365,A,D,6|count 4: '536365,A,D,6' is not a line of 8 columns",
        "536365,A,\"D,6|3 (Description): '\"D,6' is not a field whose quotes are closed before the next comma or the end of the line",
      })
  void namesFileLineColumnValueAndRule(String line, String problem) throws Exception {
    OrderFile file = read(GOOD + line);

    assertThat(file.invoices()).hasSize(1);
    assertThat(file.bad())
        .map(BadLine::toString)
        .containsExactly("orders.csv, line 3, column " + problem);
  }

  @Test
  void refusesALineThatIsNotUtf8() throws Exception {
    byte[] latin =
        (TITLES + GOOD.replace("HOLDER", "\u00A31 HOLDER")).getBytes(StandardCharsets.ISO_8859_1);

    assertThat(OrderFile.of(latin, "f").bad().get(0).column()).isEqualTo("3 (Description)");
  }

  @Test
  void refusesAnInvoiceOfTwoCustomersOrCountries() throws Exception {
    OrderFile file = read(GOOD + GOOD.replace("17850", "17851") + GOOD.replace("France", "Spain"));

    assertThat(file.lines()).isEqualTo(1);
    assertThat(file.bad())
        .map(BadLine::toString)
        .containsExactly(
            "orders.csv, line 3, column 7 (CustomerID): '17851' is not 17850, as on line 2 of the same invoice",
            "orders.csv, line 4, column 8 (Country): 'Spain' is not France, as on line 2 of the same invoice");
  }

  @Test
  void refusesAFileWithOtherTitles() {
    assertThatThrownBy(
            () -> OrderFile.of("InvoiceNo,Sku\n".getBytes(StandardCharsets.UTF_8), "orders.csv"))
        .isInstanceOf(OrderFileException.class)
        .hasMessageStartingWith(
            "orders.csv, line 1, column 2 (StockCode): 'Sku' is not the title StockCode");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> OrderFile.of(new byte[0], "orders.csv"))
        .isInstanceOf(OrderFileException.class)
        .hasMessageStartingWith(
            "orders.csv, line 1, column 1 (InvoiceNo): '' is not the title InvoiceNo");
  }

  @Test
  void refusesAMissingFile(@TempDir Path directory) {
    Path missing = directory.resolve("none.csv");

    assertThatThrownBy(() -> OrderFile.read(missing))
        .isInstanceOf(OrderFileException.class)
        .hasMessage(
            missing + ": there is no such file. To solve this, give --file a file that exists.");
  }

  @Test
  void refusesADirectory(@TempDir Path directory) {
    assertThatThrownBy(() -> OrderFile.read(directory))
        .isInstanceOf(OrderFileException.class)
        .hasMessageContaining("cannot be read");
  }

  private static OrderFile read(String lines) throws OrderFileException {
    return OrderFile.of((TITLES + lines).getBytes(StandardCharsets.UTF_8), "orders.csv");
  }
}
