package dev.handfast.xa.internal.management;

/** A text that is not the JSON that was expected; the message says where and why. */
final class JsonException extends Exception {

  private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(message);
  }
}
