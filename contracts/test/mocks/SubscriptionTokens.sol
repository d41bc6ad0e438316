// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PlainToken} from "./HostileTokens.sol";

/// @notice A token that does as it should, for worse ones to build on. USDC and USDT have what `blocked` is.
contract BlocklistToken is PlainToken {
    mapping(address => bool) private blocked;

    function setBlocked(address account, bool isBlocked) external {
        blocked[account] = isBlocked;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        _spend(from, amount);
        _move(from, to, amount);
        return true;
    }

    function transfer(address to, uint256 amount) external virtual returns (bool) {
        balanceOf[msg.sender] -= amount;
        _move(msg.sender, to, amount);
        return true;
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        require(!blocked[from] && !blocked[to], "blocked");
        _give(from, to, amount);
    }
}

/// @notice Keeps a tenth of what is moved.
contract TaxedToken is BlocklistToken {
    function _move(address from, address to, uint256 amount) internal override {
        _give(from, to, amount - amount / 10);
    }
}

/// @notice Calls whoever gives and whoever receives, as ERC-777 does, and fails when they do.
contract CallingToken is BlocklistToken {
    function _move(address from, address to, uint256 amount) internal override {
        _tell(from);
        _give(from, to, amount);
        _tell(to);
    }

    function _tell(address account) private {
        // What the token itself is called for must not be kept from it.
        if (account == msg.sender || account.code.length == 0) return;
        (bool success,) = account.call("told");
        require(success, "whoever was told refused");
    }
}

/// @notice Works, and answers with a megabyte that begins with true.
contract LongAnswerToken is BlocklistToken {
    function transferFrom(address from, address to, uint256 amount) external override returns (bool) {
        _spend(from, amount);
        _give(from, to, amount);
        assembly {
            mstore(0, 1)
            return(0, 1000000)
        }
    }
}

/// @notice Fails, with a megabyte of reasons.
contract LongReasonToken is BlocklistToken {
    function transferFrom(address, address, uint256) external pure override returns (bool) {
        assembly {
            revert(0, 1000000)
        }
    }
}

/// @notice Fails with an error that looks like one of ours.
contract ImpostorToken is BlocklistToken {
    bytes private reason;

    function setReason(bytes calldata newReason) external {
        reason = newReason;
    }

    function transferFrom(address, address, uint256) external view override returns (bool) {
        bytes memory words = reason;
        assembly {
            revert(add(words, 0x20), mload(words))
        }
    }
}

/// @notice Burns all the gas it gets: where money moves, and where it is asked for balances.
contract BurningToken is BlocklistToken {
    bool private burnsInViews;

    function setBurnsInViews(bool newBurnsInViews) external {
        burnsInViews = newBurnsInViews;
    }

    function transferFrom(address, address, uint256) external pure override returns (bool) {
        while (true) {}
        return false;
    }

    fallback() external {
        while (burnsInViews) {}
    }
}

/// @notice Says that it worked, and moves nothing.
contract LyingToken is BlocklistToken {
    function transferFrom(address, address, uint256) external pure override returns (bool) {
        return true;
    }
}

/// @notice Works where it gets plenty of gas, and refuses at once where it does not.
contract GreedyToken is BlocklistToken {
    function _move(address from, address to, uint256 amount) internal override {
        require(gasleft() > 150_000, "too little gas");
        _give(from, to, amount);
    }
}
