package dev.handfast.xa.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Hides the secrets in URLs of databases and brokers. */
public final class Urls {

  private static final String HIDDEN = Secret.HIDDEN;

  private static final String USER = "(//[^:@/?#;,()\\[\\s]*:)";

  /** {@code //user:password@host}; what follows a host is a port, one to five digits. */
  private static final Pattern USER_INFO =
      Pattern.compile(USER + "(?![0-9]{1,5}(?:[?#;,)\\s]|\\z))([^?;,()\\s]*)@");

  /** As above, with characters in the password that should have been encoded. */
  private static final Pattern LOOSE_USER_INFO =
      Pattern.compile(USER + "(?![0-9]{1,5}(?:[/?#;,)\\s]|\\z))(?!\\*{3}@)((?s:.*))@");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE =
      Pattern.compile("(?i)(jdbc:oracle:[a-z0-9]+:[^/@:]*/)((?s:.*))@");

  /** Within the value of a parameter that is hidden as a whole: a literal, or what has a name. */
  private static final Pattern WITHIN = Pattern.compile("'((?:[^']|'')+)'|([^=\\s]+)=(\\S+)");

  private static final Pattern PARAMETER = Pattern.compile("(^|[?&;,(\\s])([^=?&;,()/\\s]+)=");

  /** H2 runs the SQL of INIT, and PostgreSQL sets what its options say: both may be secrets. */
  private static final Set<String> COMPOSED = Set.of("init", "options");

  // A value ends where the next parameter of the same style begins.
  private static final Pattern QUERY_END =
      Pattern.compile("&(?=[^&=;]+=)|,(?=[a-z][a-z+.-]*://)|\\z");
  private static final Pattern SEMICOLON_END = Pattern.compile("(?<!\\\\);(?=[^;=&]+=)|;?\\z");
  private static final Pattern LIST_END = Pattern.compile("[,)]|\\z");
  private static final Pattern WORD_END = Pattern.compile("\\s(?=[^\\s=]+=)|\\z");

  private Urls() {}

  /**
   * The URL with every secret as {@code ***}: the password of {@code user:password@host}, and the
   * values of parameters with names like {@code password}, {@code secret}, {@code token}, {@code
   * trustStorePassword} in the forms {@code ?a=b&c=d}, {@code ;a=b}, {@code (a=b,c=d)} and {@code
   * a=b c=d}. Takes a message that quotes a URL as well. Where it cannot be told where a secret
   * ends, too much is hidden rather than too little. Applying it twice changes nothing more.
   */
  public static String mask(String url) {
    return mask(url, secret -> {});
  }

  /** What {@link #mask} hides in a URL, as it is written there and decoded, and in parts. */
  static List<Secret> secrets(String url) {
    Set<String> found = new LinkedHashSet<>();
    mask(url, found::add);
    Set<String> all = new LinkedHashSet<>();
    for (String written : found) {
      String plain = decoded(written);
      all.add(written);
      all.add(plain);
      WITHIN
          .matcher(plain)
          .results()
          .filter(part -> part.group(1) != null || SecretNames.matches(part.group(2)))
          .forEach(part -> all.add(part.group(1) == null ? part.group(3) : part.group(1)));
    }
    return all.stream().map(Secret::of).toList();
  }

  private static String mask(String url, Consumer<String> found) {
    String masked = url;
    for (Pattern userInfo : List.of(USER_INFO, LOOSE_USER_INFO, ORACLE)) {
      masked =
          userInfo
              .matcher(masked)
              .replaceAll(
                  match -> {
                    found.accept(match.group(2));
                    return Matcher.quoteReplacement(match.group(1) + HIDDEN + "@");
                  });
    }
    return maskParameters(masked, found);
  }

  private static String maskParameters(String url, Consumer<String> found) {
    var out = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(url);
    int from = 0;
    while (parameter.find(from)) {
      out.append(url, from, parameter.end());
      from = parameter.end();
      String name = decoded(parameter.group(2));
      boolean secret = SecretNames.matches(name);
      boolean composed = COMPOSED.contains(name.toLowerCase(Locale.ROOT));
      if ((secret || composed) && !isHidden(url, from)) {
        int end = endOfValue(url, from, parameter.group(1));
        String value = url.substring(from, end);
        if (secret || tellsOfSecrets(decoded(value))) {
          found.accept(value);
          out.append(HIDDEN);
          from = end;
        }
      }
    }
    return out.append(url, from, url.length()).toString();
  }

  private static int endOfValue(String url, int from, String style) {
    Pattern end =
        switch (style) {
          case "?", "&" -> QUERY_END;
          case ";" -> SEMICOLON_END;
          case ",", "(" -> LIST_END;
          default -> WORD_END;
        };
    int closed = url.startsWith("{", from) ? url.indexOf('}', from) : -1;
    Matcher matcher = end.matcher(url);
    return matcher.find(Math.max(from, closed)) ? matcher.start() : url.length();
  }

  /** A message may go on behind a URL that was masked before. */
  private static boolean isHidden(String url, int from) {
    int end = from + HIDDEN.length();
    return url.startsWith(HIDDEN, from)
        && (end == url.length() || !Character.isLetterOrDigit(url.charAt(end)));
  }

  private static boolean tellsOfSecrets(String value) {
    return Stream.of(value.split("[^\\p{L}\\p{N}_]+")).anyMatch(SecretNames::matches);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
