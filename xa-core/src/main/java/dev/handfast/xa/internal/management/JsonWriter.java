package dev.handfast.xa.internal.management;

import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, booleans and null as JSON on one line. */
final class JsonWriter {

  private static final HexFormat HEX = HexFormat.of();
  private static final char FIRST_PRINTABLE = 0x20;
  private static final char DELETE = 0x7f;

  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /**
   * The text of a value, without any line break or other control character in it.
   *
   * @throws IllegalArgumentException if it is of another type
   */
  static String write(@Nullable Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.text.toString();
  }

  private void value(@Nullable Object value) {
    if (value == null || value instanceof Boolean || value instanceof Integer) {
      text.append(value);
    } else if (value instanceof Long) {
      text.append(value);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof Iterable<?> list) {
      array(list);
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      string(value.toString());
    } else {
      throw new IllegalArgumentException("No JSON for " + value.getClass());
    }
  }

  private void object(Map<?, ?> map) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      string(String.valueOf(entry.getKey()));
      text.append(':');
      value(entry.getValue());
      separator = ',';
    }
    text.append(separator == '{' ? "{}" : "}");
  }

  private void array(Iterable<?> list) {
    char separator = '[';
    for (Object element : list) {
      text.append(separator);
      value(element);
      separator = ',';
    }
    text.append(separator == '[' ? "[]" : "]");
  }

  private void string(String value) {
    text.append('"');
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (isPlain(value, at, c)) {
            text.append(c);
          } else {
            text.append("\\u").append(HEX.toHexDigits(c));
          }
        }
      }
    }
    text.append('"');
  }

  /** Neither a control character, nor a line separator of Unicode, nor half of a character. */
  private static boolean isPlain(String value, int at, char c) {
    if (Character.isHighSurrogate(c)) {
      return at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }
    return c >= FIRST_PRINTABLE
        && !(c >= DELETE && c < 0xa0)
        && Character.getType(c) != Character.LINE_SEPARATOR
        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
        && Character.getType(c) != Character.FORMAT;
  }
}
