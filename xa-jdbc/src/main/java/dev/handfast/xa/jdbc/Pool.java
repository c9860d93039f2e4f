package dev.handfast.xa.jdbc;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The Agroal pool of one database. */
final class Pool {

  private static final Duration IDLE_BEFORE_VALIDATION = Duration.ofSeconds(30);
  private static final Duration IDLE_BEFORE_CLOSE = Duration.ofMinutes(10);

  private final AgroalDataSource agroal;

  private Pool(AgroalDataSource agroal) {
    this.agroal = agroal;
  }

  /** Opens no connection yet. */
  static Pool open(
      JdbcSettings settings, Dialect dialect, Physicals physicals, Enlistment enlistment) {
    String handover = AgroalXaDataSource.hand(physicals);
    try {
      var configuration = configuration(settings, dialect, handover, enlistment);
      return new Pool(AgroalDataSource.from(configuration, new Listener(settings.name())));
    } catch (SQLException e) {
      throw new IllegalStateException("Resource '" + settings.name() + "': no pool", e);
    } finally {
      AgroalXaDataSource.withdraw(handover);
    }
  }

  private static AgroalDataSourceConfigurationSupplier configuration(
      JdbcSettings settings, Dialect dialect, String handover, Enlistment enlistment) {
    return new AgroalDataSourceConfigurationSupplier()
        .metricsEnabled(false)
        .connectionPoolConfiguration(
            pool ->
                pool.minSize(settings.minSize())
                    .maxSize(settings.maxSize())
                    .acquisitionTimeout(settings.acquisitionTimeout())
                    .idleValidationTimeout(IDLE_BEFORE_VALIDATION)
                    .reapTimeout(IDLE_BEFORE_CLOSE)
                    .exceptionSorter(sorter(dialect))
                    .transactionIntegration(enlistment)
                    .recoveryEnable(false)
                    .connectionFactoryConfiguration(
                        factory ->
                            factory
                                .connectionProviderClass(AgroalXaDataSource.class)
                                .xaProperty(AgroalXaDataSource.PROPERTY, handover)));
  }

  private static ExceptionSorter sorter(Dialect dialect) {
    return new ExceptionSorter() {
      @Override
      public boolean isFatal(SQLException failure) {
        return dialect.isConnectionLost(failure);
      }
    };
  }

  Connection getConnection() throws SQLException {
    return agroal.getConnection();
  }

  /** Replaces connections that are idle now, and the others when they come back. */
  void renew() {
    agroal.flush(FlushMode.GRACEFUL);
  }

  void close() {
    agroal.close();
  }

  /** What the pool has to say. */
  private record Listener(String resource) implements AgroalDataSourceListener {

    @Override
    public void onWarning(String message) {
      JdbcLog.debug(resource, message);
    }

    @Override
    public void onWarning(Throwable throwable) {
      JdbcLog.debug(resource, String.valueOf(throwable));
    }

    @Override
    public void onInfo(String message) {
      JdbcLog.debug(resource, message);
    }
  }
}
