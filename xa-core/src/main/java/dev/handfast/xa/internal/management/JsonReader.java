package dev.handfast.xa.internal.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value (RFC 8259), strictly: nothing may follow it, no key comes twice, a number is
 * a whole one of 64 bits, and nesting is limited.
 */
final class JsonReader {

  private static final int DEPTH = 16;
  private static final int HEX = 16;
  private static final int ESCAPE_DIGITS = 4;
  private static final char FIRST_PRINTABLE = 0x20;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value: a Map, List, String, Long, Boolean or null.
   *
   * @throws JsonException if the text is not exactly one
   */
  static @Nullable Object read(String text) throws JsonException {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(DEPTH);
    reader.space();
    if (reader.at < text.length()) {
      throw reader.wrong("nothing more");
    }
    return value;
  }

  private JsonException wrong(String expected) {
    return new JsonException("Expected at character " + at + ": " + expected);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() throws JsonException {
    space();
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void take(char wanted) throws JsonException {
    if (next() != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private boolean takeIf(char wanted) throws JsonException {
    boolean there = next() == wanted;
    if (there) {
      at++;
    }
    return there;
  }

  private @Nullable Object value(int depth) throws JsonException {
    if (depth == 0) {
      throw wrong("less nesting");
    }
    return switch (next()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private Map<String, @Nullable Object> object(int depth) throws JsonException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    take('{');
    if (takeIf('}')) {
      return map;
    }
    do {
      next();
      String key = string();
      take(':');
      Object value = value(depth - 1);
      if (map.containsKey(key)) {
        throw wrong("no second '" + key + "'");
      }
      map.put(key, value);
    } while (takeIf(','));
    take('}');
    return map;
  }

  private List<@Nullable Object> array(int depth) throws JsonException {
    List<@Nullable Object> list = new ArrayList<>();
    take('[');
    if (takeIf(']')) {
      return list;
    }
    do {
      list.add(value(depth - 1));
    } while (takeIf(','));
    take(']');
    return list;
  }

  private Long number() throws JsonException {
    int begin = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    boolean padded = at - digits > 1 && text.charAt(digits) == '0';
    boolean fraction = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
    if (at == digits || padded || fraction) {
      throw wrong("a whole number or another value");
    }
    try {
      return Long.valueOf(text.substring(begin, at));
    } catch (NumberFormatException e) {
      throw wrong("a number of 64 bits");
    }
  }

  private String string() throws JsonException {
    take('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw wrong("the end of the string");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c < FIRST_PRINTABLE) {
        throw wrong("an escaped control character");
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws JsonException {
    if (at >= text.length()) {
      throw wrong("an escape");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("a known escape");
    };
  }

  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < ESCAPE_DIGITS; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), HEX) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("four hexadecimal digits");
      }
      code = code * HEX + digit;
      at++;
    }
    return (char) code;
  }
}
