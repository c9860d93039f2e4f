package dev.handfast.examples.orders.demo;

import java.io.Serial;

/** The demo cannot begin; nothing was booked. */
final class WrongInputException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  WrongInputException(String message, Throwable cause) {
    super(message, cause);
  }

  WrongInputException(String message) {
    super(message);
  }
}
