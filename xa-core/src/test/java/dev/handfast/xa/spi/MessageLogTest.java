package dev.handfast.xa.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageLogTest {

  private static final String CATEGORY = "dev.handfast.xa.test";
  private static final String FORGED = "x\n2026-01-31 ERROR HANDFAST001046 all is lost\u001b[2J";

  private final MessageLog log = MessageLog.of(CATEGORY);
  private final Logger logger = Logger.getLogger(CATEGORY);
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  private LogRecord logged() {
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private String line() {
    return new SimpleFormatter().formatMessage(logged());
  }

  /** Each way to write, with the same text within it. */
  static List<Consumer<MessageLog>> ways() {
    return List.of(
        log -> log.infof("of '%s'", FORGED),
        log -> log.warnf("of '%s'", FORGED),
        log -> log.errorf("of '%s'", java.nio.CharBuffer.wrap(FORGED)),
        log -> log.debugf("of '%s'", List.of(FORGED)),
        log -> log.warnf(new IllegalStateException(FORGED), "of '%s'", FORGED),
        log -> log.errorf(new IllegalStateException(FORGED), "of '%s'", FORGED),
        log -> log.debugf(new IllegalStateException(FORGED), "of '%s'", FORGED),
        log -> log.warn("of '" + FORGED + "'"),
        log -> log.debug("of '" + FORGED + "'", new IllegalStateException(FORGED)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void writesOneLineWhateverIsFilledIn(Consumer<MessageLog> way) {
    way.accept(log);

    assertThat(line())
        .startsWith("of '")
        .contains("x\\n2026-01-31 ERROR HANDFAST001046 all is lost\\u001B[2J");
    if (logged().getThrown() != null) {
      assertThat(logged().getThrown().toString())
          .isEqualTo(
              "java.lang.IllegalStateException:"
                  + " x\\n2026-01-31 ERROR HANDFAST001046 all is lost\\u001B[2J");
      assertThat(logged().getThrown().getStackTrace()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0A,\\n",
        "0D,\\r",
        "09,\\t",
        "00,\\u0000",
        "1B,\\u001B",
        "7F,\\u007F",
        "85,\\u0085",
        "9B,\\u009B",
        "AD,\\u00AD",
        "200B,\\u200B",
        "200E,\\u200E",
        "2028,\\u2028",
        "2029,\\u2029",
        "202E,\\u202E",
        "2066,\\u2066",
        "FEFF,\\uFEFF",
        "D800,\\uD800",
        "E0001,\\uE0001"
      })
  void writesOutWhatCannotBeSeen(String codePoint, String shown) {
    log.warnf("%s", "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b");

    assertThat(line()).isEqualTo("a" + shown + "b");
  }

  @Test
  void leavesAloneWhatCanBeSeen() {
    var failure = new IllegalStateException("grün");

    log.warnf(failure, "'%s' %d of %d: %s", "日本語 C:\\temp ✓", 3, 4L, null);

    assertThat(line()).isEqualTo("'日本語 C:\\temp ✓' 3 of 4: null");
    assertThat(logged().getThrown()).isSameAs(failure);
  }

  @Test
  void hidesSecrets() {
    log.warnf(
        new IllegalStateException("no", new IllegalStateException("tcp://u:geheim@h?a=b")),
        "at %s",
        "tcp://h?password=geheim");

    assertThat(line()).isEqualTo("at tcp://h?password=***");
    assertThat(logged().getThrown().getCause().toString()).endsWith("tcp://u:***@h?a=b");
  }

  /** Its frames stand on lines of their own; its name is the application's. */
  @Test
  void showsTheStackOfAThread() {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    thread.setName("evil\nname");
    try {
      log.warnf("held up.%s", MessageLog.Stack.of(thread).after(" By a\nthread."));
    } finally {
      thread.setName(name);
    }

    assertThat(line())
        .startsWith("held up. By a\\nthread. Thread 'evil\\nname' is\n\tat ")
        .contains("\n\tat " + MessageLogTest.class.getName() + ".showsTheStackOfAThread");
  }

  @Test
  void showsNothingOfAThreadThatHasEnded() {
    log.warnf("held up.%s", MessageLog.Stack.of(new Thread(() -> {})));

    assertThat(line()).isEqualTo("held up.");
  }

  @Test
  void asksNothingForItsTextThatNobodyReads() {
    logger.setLevel(Level.WARNING);
    Object unread =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("asked");
          }
        };

    log.debugf("%s", unread);

    assertThat(records).isEmpty();
  }
}
