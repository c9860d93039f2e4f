package dev.handfast.examples.orders.input;

import java.io.Serial;

/** A file that cannot be booked at all: missing, unreadable, or not an order file. */
public final class OrderFileException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  OrderFileException(String message) {
    super(message);
  }

  OrderFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
