package dev.handfast.examples.orders.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The file of the database, looked at while nobody has it open. */
final class DatabaseFile {

  private static final String SUFFIX = ".mv.db";

  private DatabaseFile() {}

  /** The URL under which an existing file is opened. */
  static String url(Path file) {
    String path = file.toAbsolutePath().toString();
    return "jdbc:h2:file:" + path.substring(0, path.length() - SUFFIX.length()) + ";IFEXISTS=TRUE";
  }

  /** How many branches are prepared and not finished; asked of a copy, so that nothing changes. */
  static int inDoubt(Path file) throws IOException, SQLException {
    if (!Files.exists(file)) {
      return 0;
    }
    Path copy = file.resolveSibling("copy" + SUFFIX);
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    try (Connection connection = DriverManager.getConnection(url(copy));
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.IN_DOUBT")) {
      count.next();
      return count.getInt(1);
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
