package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.spi.ResourceDescription;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the store knows it: a line of the file {@code resources}.
 *
 * @param description how it was reached when it was last used, without secrets; of format 1 only
 *     the name is known, and the rest is empty
 * @param id who the resource manager behind it said it was
 */
record RecordedResource(ResourceDescription description, String id) {

  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 5;

  String name() {
    return description.name();
  }

  String line() {
    return Stream.of(name(), description.kind(), description.url(), description.user(), id)
        .map(RecordedResource::escaped)
        .collect(Collectors.joining(SEPARATOR));
  }

  /** Null if it is none. */
  static @Nullable RecordedResource of(String line) {
    List<String> fields =
        Arrays.stream(line.split(SEPARATOR, -1)).map(RecordedResource::unescaped).toList();
    if (fields.size() != FIELDS || fields.get(0).isEmpty()) {
      return null;
    }
    return new RecordedResource(
        new ResourceDescription(fields.get(0), fields.get(1), fields.get(2), fields.get(3)),
        fields.get(4));
  }

  /** The name and the id; null if it is none. */
  static @Nullable RecordedResource ofFormat1(String line) {
    int end = line.indexOf(' ');
    return end <= 0
        ? null
        : new RecordedResource(
            new ResourceDescription(line.substring(0, end), "", "", ""), line.substring(end + 1));
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && ++i < field.length()) {
        c =
            switch (field.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> field.charAt(i);
            };
      }
      text.append(c);
    }
    return text.toString();
  }
}
