package dev.handfast.xa.spi;

import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.config.Scrubber;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the runtime and the adapters write to the log. What is filled into a message
 * may come from anywhere: an exception of the application, a resource manager, a URL. So each such
 * text is put into one line, with what cannot be seen written out ({@code \\n}, {@code \\u001B}),
 * and without what looks like a secret; a failure whose own text needs that is logged as one that
 * stands in for it, with its stack trace. Only the stack of a thread ({@link Stack}) has several
 * lines. Safe for use by many threads.
 */
public final class MessageLog {

  private static final String CALLER = MessageLog.class.getName();

  /** Loaded with this class: where no file can be opened any more, it would not be found. */
  private static final Class<?> STACK = Stack.class;

  private static final Scrubber SCRUBBER = Scrubber.byPatterns().inOneLine();

  // What is needed first near the end of a stack, or without a file, is never found any more.
  static {
    warm();
  }

  private final Logger logger;

  private MessageLog(Logger logger) {
    this.logger = logger;
  }

  private static void warm() {
    String text = SCRUBBER.text("a line\nof password=words");
    Throwable failure = SCRUBBER.failure(new IllegalStateException(text, new Error("\u001b")));
    var unused = Arrays.stream(new Object[] {text, 1, failure}).map(MessageLog::shown).toArray();
  }

  /** The log of a category, which is the name of a class. */
  public static MessageLog of(Class<?> category) {
    return new MessageLog(Logger.getLogger(category));
  }

  /** The log of a category. */
  public static MessageLog of(String category) {
    return new MessageLog(Logger.getLogger(category));
  }

  public void infof(String format, @Nullable Object... values) {
    write(Level.INFO, null, format, values);
  }

  public void warnf(String format, @Nullable Object... values) {
    write(Level.WARN, null, format, values);
  }

  public void warnf(Throwable failure, String format, @Nullable Object... values) {
    write(Level.WARN, failure, format, values);
  }

  public void errorf(String format, @Nullable Object... values) {
    write(Level.ERROR, null, format, values);
  }

  public void errorf(Throwable failure, String format, @Nullable Object... values) {
    write(Level.ERROR, failure, format, values);
  }

  public void debugf(String format, @Nullable Object... values) {
    write(Level.DEBUG, null, format, values);
  }

  public void debugf(@Nullable Throwable failure, String format, @Nullable Object... values) {
    write(Level.DEBUG, failure, format, values);
  }

  public void warn(String text) {
    write(Level.WARN, null, "%s", text);
  }

  public void debug(String text, @Nullable Throwable failure) {
    write(Level.DEBUG, failure, "%s", text);
  }

  private void write(
      Level level, @Nullable Throwable failure, String format, @Nullable Object... values) {
    try {
      if (logger.isEnabled(level)) {
        Throwable shown = failure == null ? null : SCRUBBER.failure(failure);
        Object[] texts = Arrays.stream(values).map(MessageLog::shown).toArray();
        logger.logf(CALLER, level, shown, format, texts);
      }
    } catch (RuntimeException | Error e) {
      // Where no memory, stack or file is left, what is told must not stop what it is told about.
    }
  }

  private static Object shown(@Nullable Object value) {
    return value instanceof Number || STACK.isInstance(value)
        ? value
        : SCRUBBER.text(String.valueOf(value));
  }

  /** Where a thread is that holds others up, each frame on a line of its own. Immutable. */
  public static final class Stack {

    private static final Stack NOTHING = new Stack("");

    /** Enough to get from a driver's socket to the application. */
    private static final int DEEPEST = 64;

    private final String text;

    private Stack(String text) {
      this.text = text;
    }

    /** Nothing. */
    public static Stack none() {
      return NOTHING;
    }

    /** Names the thread and where it is; nothing for a thread that has ended. */
    public static Stack of(Thread thread) {
      String frames = frames(thread);
      String name = Refusal.inOneLine(thread.getName());
      return new Stack(frames.isEmpty() ? "" : " Thread '" + name + "' is" + frames);
    }

    /** Where the thread is, without its name. */
    public static Stack framesOf(Thread thread) {
      return new Stack(frames(thread));
    }

    private static String frames(Thread thread) {
      return Arrays.stream(thread.getStackTrace())
          .limit(DEEPEST)
          .map(frame -> "\n\tat " + Refusal.inOneLine(frame.toString()))
          .collect(Collectors.joining());
    }

    /** The same, with a text before it in the first line. */
    public Stack after(String before) {
      return new Stack(SCRUBBER.text(before) + text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
