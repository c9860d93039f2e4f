package dev.handfast.examples.orders.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Collected;
import dev.handfast.examples.orders.process.JavaCommand;
import dev.handfast.examples.orders.process.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intact is green; one thing wrong in the real database of the orders turns the audit red. */
final class AuditIT extends AuditFixture {

  @Test
  void intactIsGreen() throws Exception {
    AuditReport report = audit();

    assertThat(report.differences()).isEmpty();
    assertThat(report.isOk()).isTrue();
    assertThat(report.orders()).isEqualTo(report.file()).isEqualTo(report.announced());
    assertThat(report.shipments().with(report.file().sold(), report.shipments().balances()))
        .isEqualTo(report.file());
    assertThat(report.shipments().units()).isEqualTo(report.file().units());
    assertThat(report.events()).isEqualTo(file.invoices().size());
    assertThat(report.notifications()).isEqualTo(file.invoices().size());
    assertThat(report.inDoubt()).isZero();
    assertThat(file.invoices()).anyMatch(Invoice::isCancellation);
    assertThat(file.invoices()).anyMatch(invoice -> invoice.customer() == null);
  }

  @Test
  void aMissingInvoice() throws Exception {
    String number = file.invoices().get(3).number();
    change(
        orders,
        "DELETE FROM invoice_line WHERE invoice = '" + number + "'",
        "DELETE FROM invoice WHERE number = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly(
            "invoices missing in the database: 1 (" + number + ")",
            "invoices without event: 0, events without invoice: 1 (" + number + ")");
  }

  @Test
  void aMissingLine() throws Exception {
    String number = file.invoices().get(2).number();
    change(orders, "DELETE FROM invoice_line WHERE position = 1 AND invoice = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly("invoices whose rows differ from the file: 1 (" + number + ")");
  }

  @Test
  void aPennyInABalance() throws Exception {
    change(orders, "UPDATE customer SET balance = balance + 0.01 WHERE id = 17850");

    assertThat(audit().differences())
        .singleElement()
        .asString()
        .startsWith("customers with a wrong sum in the database: 1 (17850: ");
  }

  @Test
  void aPennyInATotal() throws Exception {
    String number = file.invoices().get(0).number();
    change(orders, "UPDATE invoice SET total = total - 0.01 WHERE number = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly("invoices whose rows differ from the file: 1 (" + number + ")");
  }

  @Test
  void aUnitOfStock() throws Exception {
    change(orders, "UPDATE stock SET units = units + 1 WHERE code = (SELECT MIN(code) FROM stock)");

    assertThat(audit().differences())
        .singleElement()
        .asString()
        .startsWith("stock codes with a wrong sum in the database: 1 (");
  }

  @Test
  void theProcessSaysWhatItFound() throws Exception {
    change(orders, "UPDATE customer SET balance = balance + 0.01 WHERE id = 17850");
    Collected words = new Collected();
    JavaCommand auditor =
        new JavaCommand(
            "auditor",
            JavaCommand.ownClassPath(),
            AuditMain.class,
            192,
            List.of(
                directory.resolve("orders.csv").toString(),
                orders,
                shipments,
                broker.plainUrl(),
                queues.events(),
                queues.notifications(),
                queues.deadLetters()));
    try (Child process = Child.start(auditor, mine.resolve("auditor.log"), words.queue())) {
      List<Word> heard = words.until("result");

      assertThat(heard).anyMatch(word -> word.text().startsWith("customers with a wrong sum"));
      assertThat(heard.get(heard.size() - 1).text())
          .isEqualTo("%1$d %1$d %1$d %1$d %1$d 0 FAILED".formatted(file.invoices().size()));
    }
  }
}
