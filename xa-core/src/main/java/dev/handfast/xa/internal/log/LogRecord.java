package dev.handfast.xa.internal.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One record: our section, and the state that the transaction manager handed us, kept as it is.
 *
 * @param key under which it is stored
 * @param decision our section, null for a record that is not a transaction's
 * @param state opaque
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record LogRecord(RecordKey key, @Nullable Decision decision, byte[] state) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LogRecord that
        && key.equals(that.key)
        && java.util.Objects.equals(decision, that.decision)
        && Arrays.equals(state, that.state);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
