package dev.handfast.xa.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the secrets in URLs of databases and brokers. */
public final class Urls {

  private static final String HIDDEN = "***";

  private static final String USER = "//([^:@/?#;,()\\[\\s]*):";

  /** {@code //user:password@host}; what follows a host is a port, one to five digits. */
  private static final Pattern USER_INFO =
      Pattern.compile(USER + "(?![0-9]{1,5}(?:[?#;,)\\s]|\\z))[^?;,()\\s]*@");

  /** As above, with characters in the password that should have been encoded. */
  private static final Pattern LOOSE_USER_INFO =
      Pattern.compile(USER + "(?![0-9]{1,5}(?:[/?#;,)\\s]|\\z))(?!\\*{3}@)(?s:.*)@");

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static final Pattern ORACLE =
      Pattern.compile("(?i)(jdbc:oracle:[a-z0-9]+:[^/@:]*)/(?s:.*)@");

  private static final Pattern PARAMETER = Pattern.compile("(^|[?&;,(\\s])([^=?&;,()/\\s]+)=");

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
    return maskParameters(maskUserInfo(url));
  }

  private static String maskUserInfo(String url) {
    String strict = USER_INFO.matcher(url).replaceAll("//$1:" + HIDDEN + "@");
    String loose = LOOSE_USER_INFO.matcher(strict).replaceAll("//$1:" + HIDDEN + "@");
    return ORACLE.matcher(loose).replaceAll("$1/" + HIDDEN + "@");
  }

  private static String maskParameters(String url) {
    var out = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(url);
    int from = 0;
    while (parameter.find(from)) {
      out.append(url, from, parameter.end());
      from = parameter.end();
      int end = endOfValue(url, from, parameter.group(1));
      if (isSecret(parameter.group(2), url.substring(from, end))) {
        out.append(HIDDEN);
        from = end;
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

  private static boolean isSecret(String name, String value) {
    String plain = decoded(name);
    // H2 runs the SQL of INIT, which may set a password.
    boolean script = plain.equalsIgnoreCase("init");
    return SecretNames.matches(plain)
        || (script && value.toLowerCase(Locale.ROOT).contains("password"));
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
