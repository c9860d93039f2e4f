package dev.handfast.benchmarks.roundtrips;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Reads what one client of PostgreSQL sends, in pieces of any length. */
final class FrontendMessages {

  private static final int LENGTH = 4;
  private static final int UNTYPED = 2 * LENGTH;
  private static final int TYPED = 1 + LENGTH;
  private static final int PROTOCOL_3 = 3;

  private final AtomicLong roundTrips;
  private final AtomicLong messages;
  private final ByteBuffer header = ByteBuffer.allocate(UNTYPED);
  private boolean started;
  private int left;

  FrontendMessages(AtomicLong roundTrips, AtomicLong messages) {
    this.roundTrips = roundTrips;
    this.messages = messages;
    header.limit(UNTYPED);
  }

  void read(byte[] bytes, int length) {
    int at = 0;
    while (at < length) {
      if (left > 0) {
        int skipped = Math.min(left, length - at);
        left -= skipped;
        at += skipped;
      } else {
        header.put(bytes[at++]);
        if (!header.hasRemaining()) {
          header.flip();
          left = begun();
          header.clear().limit(started ? TYPED : UNTYPED);
        }
      }
    }
  }

  /** Answers how much of the message is still to come. */
  private int begun() {
    if (!started) {
      int length = header.getInt();
      // The others ask for encryption.
      started = header.getShort() == PROTOCOL_3;
      return length - UNTYPED;
    }
    byte type = header.get();
    messages.incrementAndGet();
    if (type == 'Q' || type == 'S') {
      // A query, or the end of a group of messages: the server answers that it is ready.
      roundTrips.incrementAndGet();
    }
    return header.getInt() - LENGTH;
  }
}
