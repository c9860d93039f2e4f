package dev.handfast.xa.internal.log;

/**
 * The key of a record.
 *
 * @param type the transaction manager's name for the kind of record
 * @param uid unique within the type; letters, digits, {@code _} and {@code -}
 */
public record RecordKey(String type, String uid) {

  public RecordKey {
    if (!uid.matches("[0-9A-Za-z_-]+")) {
      throw new IllegalArgumentException("record uid '" + uid + "' cannot be a file name");
    }
  }
}
