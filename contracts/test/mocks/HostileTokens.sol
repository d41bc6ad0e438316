// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The least of a token, for hostile ones to build on. Anyone may mint.
abstract contract PlainToken {
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function _spend(address from, uint256 amount) internal {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
    }

    function _give(address from, address to, uint256 amount) internal {
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }
}

/// @notice Says false instead of reverting.
contract FalseToken is PlainToken {
    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }
}

/// @notice Answers one byte, which is neither nothing nor true.
contract ShortAnswerToken is PlainToken {
    function transferFrom(address, address, uint256) external pure {
        assembly {
            mstore(0, not(0))
            return(0, 1)
        }
    }
}

/// @notice Keeps a tenth of what is moved.
contract FeeOnTransferToken is PlainToken {
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _give(from, to, amount - amount / 10);
        return true;
    }
}

/// @notice Burns all the gas it is given.
contract GasBurningToken is PlainToken {
    function transferFrom(address, address, uint256) external pure returns (bool) {
        while (true) {}
        return true;
    }
}

/// @notice Like WETH: no permit, and a fallback that takes any call. Its `nonces` counts nothing.
contract PermissiveToken is PlainToken {
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _give(from, to, amount);
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        _give(msg.sender, to, amount);
        return true;
    }

    fallback() external {}
}

/// @notice As `PermissiveToken`, and answers to `nonces` as well.
contract PermissiveTokenWithNonces is PlainToken {
    mapping(address => uint256) public nonces;

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _give(from, to, amount);
        return true;
    }

    fallback() external {}
}

/// @notice Calls a target once in the middle of a transfer, as tokens with hooks let recipients do.
contract HookToken is PlainToken {
    address private target;
    bytes private data;
    bool public hookSucceeded;

    function setHook(address to, bytes calldata call) external {
        target = to;
        data = call;
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, amount);
        _give(from, to, amount);
        if (target != address(0)) {
            address once = target;
            target = address(0);
            (hookSucceeded,) = once.call(data);
        }
        return true;
    }
}
