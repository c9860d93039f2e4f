package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.order.AuditTrail;
import dev.handfast.xa.internal.order.AuditWriter;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.TransactionResult;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log tells, in lines of JSON: for each order a line for each transaction before,
 * and one after.
 */
public final class AuditLog {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String WITHDRAWN =
      "The audit log could not be written in time: the order was refused, and nothing was changed";

  private final AuditWriter writer;

  /** Written by the given one. */
  public AuditLog(AuditWriter writer) {
    this.writer = writer;
  }

  /**
   * The record of one order.
   *
   * @param user of the operating system, who gave it
   * @param via how it came in: {@code api}, {@code control-socket}, {@code command}
   */
  public Order order(String user, String via) {
    return new Order(user, via);
  }

  /** One order; used by one thread. */
  public final class Order implements AuditTrail {

    private final String id = Integer.toHexString(RANDOM.nextInt());
    private final String user;
    private final String via;

    private Order(String user, String via) {
      this.user = user;
      this.via = via;
    }

    /** A line for each transaction, or one for the subject; durable when it returns. */
    @Override
    public void ordered(
        Action action,
        String subject,
        boolean force,
        String reason,
        List<InDoubtTransaction> evidence)
        throws IOException {
      StringBuilder lines = new StringBuilder();
      for (InDoubtTransaction transaction : evidence) {
        lines.append(
            line(action, "before", "force", force, "reason", reason, "evidence", transaction));
      }
      if (evidence.isEmpty()) {
        lines.append(line(action, "before", "reason", reason, "subject", subject));
      }
      writer.order(lines.toString(), () -> withdrawal(action, subject, evidence));
    }

    private String withdrawal(Action action, String subject, List<InDoubtTransaction> evidence) {
      if (evidence.isEmpty()) {
        return after(action, withdrawn(subject));
      }
      return evidence.stream()
          .map(transaction -> after(action, withdrawn(transaction.gtrid())))
          .collect(Collectors.joining());
    }

    private String after(Action action, TransactionResult result) {
      return line(action, "after", "result", Documents.of(result));
    }

    /** A line; durable after {@link #force}. */
    @Override
    public void done(Action action, TransactionResult result) throws IOException {
      writer.result(after(action, result));
    }

    /** Forces the lines to disk. */
    @Override
    public void force() throws IOException {
      writer.force();
    }

    private String line(Action action, String phase, @Nullable Object... more) {
      Map<String, @Nullable Object> line =
          Documents.object(
              "time", Instant.now().toString(),
              "order", id,
              "phase", phase,
              "user", user,
              "via", via,
              "command", Documents.word(action));
      for (int i = 0; i < more.length; i += 2) {
        Object value = more[i + 1];
        line.put(
            String.valueOf(more[i]),
            value instanceof InDoubtTransaction transaction ? Documents.of(transaction) : value);
      }
      return JsonWriter.write(line) + "\n";
    }
  }

  private static TransactionResult withdrawn(String subject) {
    return new TransactionResult(subject, TransactionResult.Outcome.REFUSED, WITHDRAWN, List.of());
  }
}
