package dev.handfast.xa.internal.log;

import java.io.Serial;

/** Bytes that should be a record and are not. */
final class DamagedRecordException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  DamagedRecordException(String message) {
    super(message);
  }
}
