package dev.handfast.xa.scripted;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what is logged during a test, at INFO and above, off the console and for assertions. It is
 * not the test kit's, which depends on this module, and it keeps Narayana's lines too.
 */
public final class Warnings implements BeforeEachCallback, AfterEachCallback {

  private final List<Logger> loggers =
      List.of(Logger.getLogger("com.arjuna"), Logger.getLogger("dev.handfast"));
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Override
  public void beforeEach(ExtensionContext context) {
    loggers.forEach(
        logger -> {
          logger.addHandler(handler);
          logger.setUseParentHandlers(false);
          logger.setLevel(Level.INFO);
        });
  }

  @Override
  public void afterEach(ExtensionContext context) {
    loggers.forEach(
        logger -> {
          logger.removeHandler(handler);
          logger.setUseParentHandlers(true);
          logger.setLevel(null);
        });
  }

  /** What was warned of, of Narayana's and ours. */
  public List<String> warnings() {
    return text(Level.WARNING);
  }

  /** Everything from INFO on. */
  public List<String> all() {
    return text(Level.INFO);
  }

  private List<String> text(Level from) {
    SimpleFormatter formatter = new SimpleFormatter();
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= from.intValue())
        .map(record -> record.getLoggerName() + ": " + formatter.formatMessage(record))
        .toList();
  }

  public void clear() {
    records.clear();
  }
}
