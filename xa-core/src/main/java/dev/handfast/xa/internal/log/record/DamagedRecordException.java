package dev.handfast.xa.internal.log.record;

import java.io.Serial;

/** Bytes that should be a record and are not. */
public final class DamagedRecordException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  public DamagedRecordException(String message) {
    super(message);
  }
}
