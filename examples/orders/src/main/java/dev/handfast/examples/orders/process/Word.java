package dev.handfast.examples.orders.process;

import java.util.List;

/**
 * What a child said.
 *
 * @param child who said it
 * @param word what kind of thing it said; {@link #ENDED} is said for a child that is no more
 * @param text what follows the word, empty if nothing does
 */
public record Word(Child child, String word, String text) {

  /** The last word of every child, with its exit code. */
  public static final String ENDED = "ended";

  /** A line without its mark. */
  static Word of(Child child, String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? new Word(child, line, "")
        : new Word(child, line.substring(0, space), line.substring(space + 1));
  }

  /** One of the arguments in the text, counted from 0. */
  public String argument(int index) {
    return List.of(text.split(" ", -1)).get(index);
  }

  /** One of the arguments in the text, counted from 0, where it is a number. */
  public int number(int index) {
    return Integer.parseInt(argument(index));
  }
}
