package dev.handfast.examples.orders.process;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * A child's line to the process that started it: words go up by standard output, orders come down
 * by standard input, whose end means that the parent is gone: the child halts at once, whatever it
 * does.
 */
public final class Parent {

  /** What a line of words begins with; any other line of a child is for its log. */
  public static final String MARK = "@";

  private static final int ORPHANED = 3;

  private final PrintStream words;

  private Parent(PrintStream words) {
    this.words = words;
  }

  /**
   * Takes over standard output, which afterwards leads to standard error, and starts to obey.
   *
   * @param orders called with each line on a thread of its own
   */
  public static Parent connect(Consumer<String> orders) {
    Parent parent =
        new Parent(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setOut(System.err);
    Thread reader = new Thread(() -> obey(orders), "orders-of-parent");
    reader.setDaemon(true);
    reader.start();
    return parent;
  }

  /** Sends a word with its arguments, of which only the last may contain spaces. */
  public void tell(String word, Object... arguments) {
    StringJoiner line = new StringJoiner(" ", MARK, "");
    line.add(word);
    for (Object argument : arguments) {
      line.add(String.valueOf(argument));
    }
    words.println(line.toString().replace('\n', ' ').replace('\r', ' '));
    words.flush();
  }

  private static void obey(Consumer<String> orders) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        orders.accept(line);
      }
    } catch (IOException e) {
      System.err.println("standard input cannot be read, the parent is taken to be gone: " + e);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
