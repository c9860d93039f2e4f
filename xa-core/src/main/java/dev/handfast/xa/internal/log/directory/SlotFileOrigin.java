package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether a slot file is the one that the store vouches for: that of its last start, or of a start
 * that did not come further. Each of the two files says whose the other one is to be, so that one
 * which was put back from a copy, or from another store, is noticed.
 *
 * @param store that the file names; empty if its header cannot be read
 * @param start that made it
 * @param starts how many there were then
 * @param isOfFormat1 whether it names neither store nor start
 */
public record SlotFileOrigin(String store, int start, int starts, boolean isOfFormat1) {

  /**
   * Why the file may not be the log, or null.
   *
   * @throws LogStoreException if it is another store's
   */
  @Nullable String doubt(Path directory, StoreState state) {
    if (isOfFormat1) {
      return ofFormat1(state);
    }
    if (store.isEmpty()) {
      return null; // that the header cannot be read is a doubt of its own
    }
    if (!store.equals(state.storeId())) {
      throw foreign(directory, state);
    }
    if (start == state.lastStart() || (start == state.starting() && start != StoreState.NONE)) {
      return null;
    }
    return isOfEarlierStart(state)
        ? "the slot file is older than the store: it is that of an earlier start"
        : "the store is older than the slot file: it does not know the start that made it";
  }

  /** Whether it is what an earlier start left: what was decided since is not in it. */
  boolean isOlder(StoreState state) {
    return isOfFormat1 ? !state.migrating() : isOfEarlierStart(state);
  }

  private boolean isOfEarlierStart(StoreState state) {
    return start != state.lastStart() && state.starts().contains(start);
  }

  private @Nullable String ofFormat1(StoreState state) {
    if (!state.migrating()) {
      return "the slot file is older than the store: it has the format before";
    }
    return state.starts().size() < starts ? "the list of starts is older than the slot file" : null;
  }

  private LogStoreException foreign(Path directory, StoreState state) {
    return new LogStoreException(
        "The slot file in handfast.log-store.directory = "
            + directory
            + " belongs to store '"
            + store
            + "', and the directory is that of store '"
            + state.storeId()
            + "' of node '"
            + state.node().value()
            + "': its decisions are another node's, or those of another directory of this one. To"
            + " solve this, put each file back where it came from; if this node's own is lost, move"
            + " the foreign one away and start: branches without a record are then left alone until"
            + " you decide.");
  }
}
