package dev.handfast.examples.orders.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** Sets up the log of a child; named by {@code java.util.logging.config.class}. */
public final class LogSettings {

  public LogSettings() throws IOException {
    try (InputStream settings = LogSettings.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(settings);
    }
  }
}
