// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Where periods begin. All periods are counted from the anchor, so that the 31st comes back after February.
/// @dev The Gregorian calendar in years that begin in March (leap days come last); nothing overflows, as anchors are
/// below 2^40, lengths below 2^32 and periods below 2^24.
library Periods {
    uint256 internal constant SECONDS = 0;
    uint256 internal constant MONTHS = 1;

    /// Days from 1 March of the year 0 to 1 January 1970.
    uint256 private constant EPOCH = 719_468;
    uint256 private constant DAY = 86_400;

    function start(uint256 anchor, uint256 unit, uint256 length, uint256 period) internal pure returns (uint256) {
        unchecked {
            if (unit == SECONDS) return anchor + period * length;
            (uint256 month, uint256 day) = _monthOf(anchor / DAY);
            month += period * length;
            uint256 year = month / 12;
            month %= 12;
            if (day > 28) {
                uint256 last = _lastDay(year, month);
                if (day > last) day = last;
            }
            uint256 first = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 - EPOCH;
            return (first + day - 1) * DAY + anchor % DAY;
        }
    }

    /// @notice The period that runs at `timestamp`, which is not before the anchor.
    function indexAt(uint256 anchor, uint256 unit, uint256 length, uint256 timestamp)
        internal
        pure
        returns (uint256 period)
    {
        unchecked {
            if (unit == SECONDS) return (timestamp - anchor) / length;
            (uint256 from,) = _monthOf(anchor / DAY);
            (uint256 to,) = _monthOf(timestamp / DAY);
            period = (to - from) / length;
            // In its month, but before its day.
            if (start(anchor, unit, length, period) > timestamp) period--;
        }
    }

    /// @return month Months since March of the year 0. @return day From 1.
    function _monthOf(uint256 epochDay) private pure returns (uint256 month, uint256 day) {
        unchecked {
            uint256 shifted = epochDay + EPOCH;
            uint256 era = shifted / 146_097;
            uint256 dayOfEra = shifted % 146_097;
            uint256 year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
            uint256 dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
            month = (5 * dayOfYear + 2) / 153;
            day = dayOfYear - (153 * month + 2) / 5 + 1;
            month += (era * 400 + year) * 12;
        }
    }

    /// @dev `month` 0 is March; 11 is February, of the next calendar year.
    function _lastDay(uint256 year, uint256 month) private pure returns (uint256) {
        unchecked {
            if (month == 11) {
                year++;
                return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            }
            // 31 30 31 30 31, twice, and January.
            return 31 - (month % 5) % 2;
        }
    }
}
