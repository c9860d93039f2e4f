package dev.handfast.xa.simulated;

import java.util.Arrays;

/** Bytes that grow; what is behind their end is zeros. */
final class Content {

  private byte[] bytes;
  private int length;

  Content(byte[] bytes) {
    this.bytes = bytes.clone();
    this.length = bytes.length;
  }

  int length() {
    return length;
  }

  byte[] all() {
    return Arrays.copyOf(bytes, length);
  }

  Content copy() {
    return new Content(all());
  }

  byte[] read(int offset, int count) {
    byte[] read = new byte[count];
    int there = Math.max(0, Math.min(count, length - offset));
    if (there > 0) {
      System.arraycopy(bytes, offset, read, 0, there);
    }
    return read;
  }

  void write(int offset, byte[] written) {
    int end = offset + written.length;
    if (end > length) {
      setLength(end);
    }
    System.arraycopy(written, 0, bytes, offset, written.length);
  }

  void setLength(int next) {
    if (next > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(next, 2 * bytes.length));
    } else if (next < length) {
      Arrays.fill(bytes, next, length, (byte) 0);
    }
    length = next;
  }
}
