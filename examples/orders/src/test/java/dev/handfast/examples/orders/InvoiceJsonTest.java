package dev.handfast.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.Money;
import dev.handfast.examples.orders.input.OrderLine;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.activemq.artemis.api.core.JsonUtil;
import org.junit.jupiter.api.Test;

final class InvoiceJsonTest {

  private static final LocalDateTime DATE = LocalDateTime.of(2010, 12, 1, 8, 26);

  @Test
  void writesAnInvoice() {
    Invoice invoice =
        new Invoice(
            "536365",
            DATE,
            17850,
            "France",
            List.of(
                new OrderLine("85123A", "HOLDER", 6, new Money(255)),
                new OrderLine("71053", "LANTERN", 1, new Money(300))));

    assertThat(InvoiceJson.of(invoice))
        .isEqualTo(
            "{\"number\":\"536365\",\"cancellation\":false,\"date\":\"2010-12-01T08:26\","
                + "\"customer\":17850,\"country\":\"France\",\"lines\":["
                + "{\"stockCode\":\"85123A\",\"description\":\"HOLDER\",\"quantity\":6,\"unitPrice\":2.55},"
                + "{\"stockCode\":\"71053\",\"description\":\"LANTERN\",\"quantity\":1,\"unitPrice\":3.00}],"
                + "\"total\":18.30}");
  }

  @Test
  void writesACancellationWithoutCustomer() {
    Invoice invoice =
        new Invoice(
            "C536379",
            DATE,
            null,
            "France",
            List.of(new OrderLine("D", "Discount", -1, new Money(2750))));

    assertThat(InvoiceJson.of(invoice))
        .contains("\"cancellation\":true", "\"customer\":null", "\"total\":-27.50");
  }

  @Test
  void anotherParserReadsAnyDescription() {
    String description = "7\" \\ FRAME,\u0001 \u00A3 \u201Cx\u201D";
    Invoice invoice =
        new Invoice(
            "536365", DATE, 1, "France", List.of(new OrderLine("A", description, 1, Money.ZERO)));

    assertThat(
            JsonUtil.readJsonObject(InvoiceJson.of(invoice))
                .getJsonArray("lines")
                .getJsonObject(0)
                .getString("description"))
        .isEqualTo(description);
  }
}
